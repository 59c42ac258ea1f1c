package org.vfioap.qemu.json;

/**
 * A number: a signed 64-bit integer if it fits, else an unsigned one, else a double.
 *
 * <p>Source: qobject/json-parser.c and qobject/qnum.c of QEMU 7.2.
 */
public sealed interface JsonNumber extends JsonValue {

  /** Returns the integer {@code value}. */
  static JsonNumber of(long value) {
    return new Signed(value);
  }

  /** Returns the number that the token {@code text} of the JSON grammar stands for. */
  static JsonNumber parse(String text) {
    if (isInteger(text)) {
      try {
        return new Signed(Long.parseLong(text));
      } catch (NumberFormatException tooLong) {
        return parseWide(text);
      }
    }
    return new Real(Double.parseDouble(text));
  }

  private static boolean isInteger(String text) {
    return text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
  }

  private static JsonNumber parseWide(String text) {
    if (!text.startsWith("-")) {
      try {
        return new Unsigned(Long.parseUnsignedLong(text));
      } catch (NumberFormatException wider) {
        return new Real(Double.parseDouble(text));
      }
    }
    return new Real(Double.parseDouble(text));
  }

  /**
   * A signed integer.
   *
   * @param value the number
   */
  record Signed(long value) implements JsonNumber {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /**
   * An integer from 2^63 to 2^64-1.
   *
   * @param bits the number as unsigned bits
   */
  record Unsigned(long bits) implements JsonNumber {
    @Override
    public String toString() {
      return Long.toUnsignedString(bits);
    }
  }

  /**
   * A floating point number; infinity is possible and prints as {@code inf}.
   *
   * @param value the number
   */
  record Real(double value) implements JsonNumber {
    @Override
    public String toString() {
      return DoubleFormat.format(value);
    }
  }
}
