package org.vfioap.machine;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** How numbers are written: decimal without leading zeros, or 0x hexadecimal. */
final class NumberText {
  static final String FORM = "decimal without leading zeros or 0x hexadecimal";

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]*|0[xX][0-9a-fA-F]+");
  private static final int LONGEST = 10;

  private NumberText() {}

  /**
   * Returns the number, empty if the text is none; what has more than ten characters is larger than
   * any number that a machine file may contain.
   */
  static OptionalLong parse(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(text.length() > LONGEST ? Long.MAX_VALUE : Long.decode(text));
  }
}
