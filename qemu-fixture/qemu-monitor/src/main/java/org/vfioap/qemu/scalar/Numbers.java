package org.vfioap.qemu.scalar;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

/** Numbers as C reads them, and sizes with a suffix. Source: util/cutils.c of QEMU 7.2. */
public final class Numbers {
  private Numbers() {}

  /** Returns the integer in decimal, {@code 0x} or leading-zero octal notation; 64 bits. */
  public static OptionalLong integer(String text) {
    Optional<BigInteger> value = whole(text);
    boolean fits = value.isPresent() && value.get().abs().bitLength() <= Long.SIZE;
    return fits ? OptionalLong.of(value.get().longValue()) : OptionalLong.empty();
  }

  private static int radix(String digits) {
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      return 16;
    }
    return digits.length() > 1 && digits.startsWith("0") ? 8 : 10;
  }

  /** Returns the integer in the same notations, however large; blanks may lead. */
  public static Optional<BigInteger> whole(String text) {
    String digits = text.stripLeading();
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    int radix = radix(digits);
    String plain = radix == 16 ? digits.substring(2) : digits;
    if (!isNumber(plain, radix)) {
      return Optional.empty();
    }
    BigInteger value = new BigInteger(plain, radix);
    return Optional.of(negative ? value.negate() : value);
  }

  private static boolean isNumber(String digits, int radix) {
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c >= 0x80 || Character.digit(c, radix) < 0) {
        return false;
      }
    }
    return !digits.isEmpty();
  }

  /** Returns a size in bytes; without a suffix it counts {@code unit}s. */
  public static OptionalLong size(String text, long unit) {
    return SizeText.parse(text, unit)
        .map(size -> OptionalLong.of(size.bytes().orElse(Long.MAX_VALUE)))
        .orElseGet(OptionalLong::empty);
  }
}
