package org.vfioap.fuse;

import java.nio.charset.StandardCharsets;

/**
 * Names of files as the kernel has them: UTF-8, as everywhere in a machine. A name that is not
 * UTF-8 leads nowhere.
 */
final class Names {
  private Names() {}

  static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the name in the first bytes. */
  static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
