package org.vfioap.xml.hostdev;

import java.util.Locale;
import java.util.Optional;

/** Unsigned numbers of 32 bits as libvirt reads them with {@code strtoul}. */
public final class UnsignedText {
  private static final long MAXIMUM = 0xFFFF_FFFFL;

  private UnsignedText() {}

  /**
   * Reads a number from 0 to 4294967295.
   *
   * @param base 10, or 0 for one that begins with 0x or 0 where it is hexadecimal or octal
   */
  public static Optional<Long> read(String text, int base) {
    String digits = text.stripLeading();
    digits = digits.startsWith("+") ? digits.substring(1) : digits;
    int radix = base;
    if (base == 0) {
      boolean hex = digits.toLowerCase(Locale.ROOT).startsWith("0x");
      radix = hex ? 16 : digits.startsWith("0") && digits.length() > 1 ? 8 : 10;
      digits = hex ? digits.substring(2) : digits;
    }
    return digits.matches("[0-9A-Fa-f]{1,16}") ? parse(digits, radix) : Optional.empty();
  }

  private static Optional<Long> parse(String digits, int radix) {
    try {
      long number = Long.parseLong(digits, radix);
      return number <= MAXIMUM ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException notOfThisBase) {
      return Optional.empty();
    }
  }
}
