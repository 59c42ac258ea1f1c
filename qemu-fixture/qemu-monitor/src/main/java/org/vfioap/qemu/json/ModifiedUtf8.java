package org.vfioap.qemu.json;

/**
 * Reads UTF-8 as QEMU does: U+0000 as C0 80, surrogates and noncharacters refused, a broken
 * sequence swallowed up to the byte that breaks it.
 *
 * <p>Source: util/unicode.c of QEMU 7.2.
 */
public final class ModifiedUtf8 {
  private static final int INVALID = -1;
  private static final int[] SMALLEST = {0x80, 0x800, 0x10000, 0x200000, 0x4000000};

  private final byte[] bytes;
  private final int end;
  private int position;

  ModifiedUtf8(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /** Returns {@code bytes} as text, broken sequences as U+FFFD. */
  public static String decode(byte[] bytes) {
    ModifiedUtf8 reader = new ModifiedUtf8(bytes, 0, bytes.length);
    StringBuilder out = new StringBuilder(bytes.length);
    while (reader.position < bytes.length) {
      int point = reader.next();
      out.appendCodePoint(point == INVALID ? 0xFFFD : point);
    }
    return out.toString();
  }

  static boolean isValid(int point) {
    boolean nonCharacter = (point >= 0xFDD0 && point <= 0xFDEF) || (point & 0xFFFE) == 0xFFFE;
    boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
    return point >= 0 && point <= 0x10FFFF && !nonCharacter && !surrogate;
  }

  int position() {
    return position;
  }

  /** Returns the next code point, or -1 for a broken sequence. */
  int next() {
    int first = bytes[position++] & 0xFF;
    if (first < 0x80) {
      return first;
    }
    if (first >= 0xFE || (first & 0x40) == 0) {
      return INVALID;
    }
    int length = Integer.numberOfLeadingZeros(~(first << 24));
    int point = first & (0xFF >> (length + 1));
    for (int i = 1; i < length; i++) {
      if (position >= end || (bytes[position] & 0xC0) != 0x80) {
        return INVALID;
      }
      point = point << 6 | (bytes[position++] & 0x3F);
    }
    boolean overlong = point < SMALLEST[length - 2] && !(point == 0 && length == 2);
    return overlong || !isValid(point) ? INVALID : point;
  }
}
