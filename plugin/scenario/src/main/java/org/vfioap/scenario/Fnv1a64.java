package org.vfioap.scenario;

import java.util.HexFormat;

/** The 64-bit FNV-1a hash of a text. */
final class Fnv1a64 {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private long hash = OFFSET;

  void add(String text) {
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ (text.charAt(i) & 0xff)) * PRIME;
    }
  }

  /** Returns 16 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(hash);
  }
}
