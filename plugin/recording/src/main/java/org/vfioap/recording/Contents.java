package org.vfioap.recording;

import java.nio.charset.StandardCharsets;

/** Contents of files. */
final class Contents {
  private Contents() {}

  /** A file of /sys claims a page, so that archivers fill up the rest of it with zero bytes. */
  static String text(byte[] bytes, int length) {
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    int zero = text.indexOf('\0');
    return zero < 0 ? text : text.substring(0, zero);
  }
}
