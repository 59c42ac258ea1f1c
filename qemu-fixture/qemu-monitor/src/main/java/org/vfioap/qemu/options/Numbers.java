package org.vfioap.qemu.options;

import java.math.BigInteger;
import java.util.OptionalLong;

/** Numbers as C reads them, and sizes with a suffix. Source: util/cutils.c of QEMU 7.2. */
public final class Numbers {
  private static final String SUFFIXES = "BKMGTPE";

  private Numbers() {}

  /** Returns the integer in decimal, {@code 0x} or leading-zero octal notation; 64 bits. */
  public static OptionalLong integer(String text) {
    String digits = text.stripLeading();
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    int radix = radix(digits);
    String plain = radix == 16 ? digits.substring(2) : digits;
    try {
      BigInteger value = new BigInteger(plain, radix);
      return value.bitLength() > 64 || plain.startsWith("-") || plain.startsWith("+")
          ? OptionalLong.empty()
          : OptionalLong.of((negative ? value.negate() : value).longValue());
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }

  private static int radix(String digits) {
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      return 16;
    }
    return digits.length() > 1 && digits.startsWith("0") ? 8 : 10;
  }

  /** Returns a size in bytes; without a suffix it counts {@code unit}s. */
  public static OptionalLong size(String text, long unit) {
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    int power = SUFFIXES.indexOf(Character.toUpperCase(text.charAt(text.length() - 1)));
    String number = power < 0 ? text : text.substring(0, text.length() - 1);
    long scale = power < 0 ? unit : 1L << (10 * power);
    try {
      double value = number.startsWith("0x") ? Long.decode(number) : Double.parseDouble(number);
      return value < 0 ? OptionalLong.empty() : OptionalLong.of((long) (value * scale));
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }
}
