package org.vfioap.ap;

import java.util.HexFormat;

/** Hexadecimal numbers of a fixed width, as sysfs names devices. */
final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  static String print(int number, int width) {
    return FORMAT.toHexDigits(number, width);
  }

  static int parse(String text, int width, String what) {
    boolean wellFormed =
        text.length() == width
            && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    if (!wellFormed) {
      throw new IllegalArgumentException(
          what + " '" + text + "' is not " + width + " lower-case hexadecimal digits");
    }
    return HexFormat.fromHexDigits(text);
  }
}
