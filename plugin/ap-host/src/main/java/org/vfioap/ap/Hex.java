package org.vfioap.ap;

import java.util.Arrays;
import java.util.HexFormat;

/** Hexadecimal numbers of a fixed width, as sysfs names devices. */
final class Hex {
  private static final String[] TWO_DIGITS = table(2);
  private static final String[] FOUR_DIGITS = table(4);

  private Hex() {}

  private static String[] table(int width) {
    String[] table = new String[256];
    Arrays.setAll(table, number -> HexFormat.of().toHexDigits(number, width));
    return table;
  }

  /** Returns two digits of a number from 0 to 255. */
  static String twoDigits(int number) {
    return TWO_DIGITS[number];
  }

  /** Returns four digits of a number from 0 to 255. */
  static String fourDigits(int number) {
    return FOUR_DIGITS[number];
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
