package org.vfioap.qemu.scalar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size as people write it: a number, a fraction if a suffix follows, and a suffix b, k, M, G, T,
 * P or E that counts in steps of 1024.
 *
 * <p>Source: util/cutils.c (do_strtosz) of QEMU 7.2.
 *
 * @param bytes the size as an unsigned number; absent if 64 bits do not hold it
 * @param hexWithSuffix whether a hexadecimal number has a suffix, which QEMU warns about
 */
public record SizeText(Optional<Long> bytes, boolean hexWithSuffix) {
  private static final String SUFFIXES = "BKMGTPE";
  private static final Pattern FORM =
      Pattern.compile("\\s*\\+?(0[xX][0-9a-fA-F]+|[0-9]+)(\\.[0-9]*)?([bBkKmMgGtTpPeE]?)");

  /**
   * Reads a size; empty if the text is none.
   *
   * @param unit what a number without a suffix counts
   */
  public static Optional<SizeText> parse(String text, long unit) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String digits = matcher.group(1);
    boolean hex = digits.length() > 1 && Character.toLowerCase(digits.charAt(1)) == 'x';
    String fraction = matcher.group(2) == null ? "" : matcher.group(2);
    long scale = scale(matcher.group(3), unit);
    BigDecimal part = new BigDecimal("0" + fraction + "0".repeat(fraction.equals(".") ? 1 : 0));
    if ((hex && !fraction.isEmpty()) || (part.signum() != 0 && scale == 1)) {
      return Optional.empty();
    }
    BigInteger whole = hex ? new BigInteger(digits.substring(2), 16) : new BigInteger(digits);
    BigInteger bytes =
        whole
            .multiply(BigInteger.valueOf(scale))
            .add(part.multiply(BigDecimal.valueOf(scale)).toBigInteger());
    boolean fits = bytes.bitLength() <= Long.SIZE;
    return Optional.of(
        new SizeText(fits ? Optional.of(bytes.longValue()) : Optional.empty(), hex && scale > 1));
  }

  private static long scale(String suffix, long unit) {
    if (suffix.isEmpty()) {
      return unit;
    }
    return 1L << (10 * SUFFIXES.indexOf(Character.toUpperCase(suffix.charAt(0))));
  }
}
