package org.vfioap.xml.hostdev;

import java.util.Optional;
import java.util.UUID;

/**
 * UUIDs as libvirt reads them: hyphens may stand before any pair of digits or be absent, case does
 * not matter, white space around them neither. Source: src/util/viruuid.c of libvirt 9.0.
 */
public final class UuidText {
  private static final int DIGITS = 32;

  private UuidText() {}

  /** Reads a UUID as libvirt does. */
  public static Optional<UUID> read(String text) {
    StringBuilder digits = new StringBuilder();
    for (char c : stripped(text).toCharArray()) {
      boolean hyphen = c == '-' && digits.length() % 2 == 0 && digits.length() < DIGITS;
      if (!hyphen) {
        digits.append(c);
      }
    }
    return digits.length() == DIGITS && digits.chars().allMatch(UuidText::isDigit)
        ? Optional.of(new UUID(half(digits, 0), half(digits, DIGITS / 2)))
        : Optional.empty();
  }

  private static String stripped(String text) {
    int end = text.length();
    int start = 0;
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static boolean isDigit(int c) {
    return c < 128 && Character.digit(c, 16) >= 0;
  }

  private static long half(StringBuilder digits, int from) {
    return Long.parseUnsignedLong(digits.substring(from, from + DIGITS / 2), 16);
  }
}
