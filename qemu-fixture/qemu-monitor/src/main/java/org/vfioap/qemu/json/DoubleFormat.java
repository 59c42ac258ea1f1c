package org.vfioap.qemu.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Prints doubles as C's {@code %.17g} does. */
final class DoubleFormat {
  private static final MathContext DIGITS_17 = new MathContext(17, RoundingMode.HALF_EVEN);

  private DoubleFormat() {}

  static String format(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return finite(new BigDecimal(value).round(DIGITS_17).stripTrailingZeros());
  }

  private static String finite(BigDecimal rounded) {
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < 17) {
      return rounded.toPlainString();
    }
    String digits = rounded.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String sign = rounded.signum() < 0 ? "-" : "";
    String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "");
    return sign + digits.charAt(0) + fraction + "e" + power + Math.abs(exponent);
  }
}
