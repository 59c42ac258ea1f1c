package org.vfioap.bus;

import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.NumberSyntax;
import org.vfioap.kernel.NumberSyntax.Leading;

/**
 * The text forms of a 256-bit mask.
 *
 * <p>Source: the document, "Secure the AP queues to be used by the three guests", and what Linux
 * 6.1 ap_bus.c accepts beyond it (hex2bitmap, modify_bitmap).
 */
public final class MaskSyntax {
  private MaskSyntax() {}

  /**
   * Reads what was written to a mask file: a relative list if it begins with a sign, else an
   * absolute mask.
   *
   * @param text one write, newline included
   * @param current what a relative list changes
   * @param profile the kernel that reads it
   * @throws KernelRefusal EINVAL for anything that the kernel does not accept
   */
  public static ApMask parse(String text, ApMask current, KernelProfile profile) {
    boolean relative = text.startsWith("+") || text.startsWith("-");
    boolean wraps = profile.has(KernelRules.MASK_NUMBERS_WRAP);
    return relative ? relative(text, current, wraps) : absolute(text);
  }

  /**
   * Reads hexadecimal digits, leftmost bit first and padded with zeros on the right; {@code 0x} or
   * {@code x} may stand before them and one newline after. No digit at all is the empty mask.
   *
   * @throws KernelRefusal EINVAL for more than 64 digits or any other character
   */
  public static ApMask absolute(String text) {
    int start = text.startsWith("0x") ? 2 : text.startsWith("x") ? 1 : 0;
    int end = text.endsWith("\n") ? text.length() - 1 : text.length();
    if (end - start > 64) {
      throw invalid(text, "more than 64 hexadecimal digits");
    }
    StringBuilder digits = new StringBuilder("0x");
    for (int i = start; i < end; i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        throw invalid(text, "not a hexadecimal digit: '" + text.charAt(i) + "'");
      }
      digits.append(text.charAt(i));
    }
    return ApMask.parse(digits.append("0".repeat(66 - digits.length())).toString());
  }

  private static ApMask relative(String text, ApMask current, boolean wraps) {
    ApMask mask = current;
    int at = 0;
    while (at < text.length()) {
      char sign = text.charAt(at);
      if (sign != '+' && sign != '-') {
        throw invalid(text, "every term needs a sign");
      }
      Leading first = number(text, at + 1, wraps);
      Leading last = first;
      at = first.end();
      if (at < text.length() && text.charAt(at) == '-') {
        last = number(text, at + 1, wraps);
        at = last.end();
      }
      if (first.value() > last.value()) {
        throw invalid(text, "the range runs backwards");
      }
      ApMask range = ApMask.range((int) first.value(), (int) last.value());
      mask = sign == '+' ? mask.or(range) : mask.minus(range);
      at = skipSeparators(text, at);
    }
    return mask;
  }

  private static Leading number(String text, int start, boolean wraps) {
    Leading number = NumberSyntax.leading(text, start);
    if (!number.found()
        || (number.overflow() && !wraps)
        || Long.compareUnsigned(number.value(), ApMask.LAST) > 0) {
      throw invalid(text, "a number from 0 to 255 is missing");
    }
    return number;
  }

  private static int skipSeparators(String text, int start) {
    int at = start;
    while (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == '\n')) {
      at++;
    }
    return at;
  }

  private static KernelRefusal invalid(String text, String why) {
    return KernelRefusal.of(Errno.EINVAL, "mask '" + text.strip() + "': " + why);
  }
}
