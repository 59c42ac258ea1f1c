package org.vfioap.kernel;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How the kernel reads numbers that were written to a file.
 *
 * <p>Source: Linux 6.1 lib/kstrtox.c and lib/vsprintf.c. Texts are bytes as characters (ISO
 * 8859-1).
 */
public final class NumberSyntax {
  private NumberSyntax() {}

  /**
   * Reads a whole text as {@code kstrtoul(text, 0, …)} does: an optional plus sign, then decimal,
   * {@code 0x} hexadecimal or octal with a leading 0, then at most one newline.
   *
   * @return the value as an unsigned 64-bit number
   * @throws KernelRefusal ERANGE beyond 64 bits, EINVAL for anything else that is not a number
   */
  public static long parseUnsigned(String text) {
    Digits digits = Digits.read(text, text.startsWith("+") ? 1 : 0, 0);
    if (digits.overflow) {
      throw KernelRefusal.of(Errno.ERANGE, "'" + text.strip() + "' does not fit 64 bits");
    }
    if (digits.count == 0 || !endsAt(text, digits.end)) {
      throw KernelRefusal.of(
          Errno.EINVAL,
          "'" + text.strip() + "' is not a number (decimal, 0x hexadecimal, 0 octal)");
    }
    return digits.value;
  }

  /**
   * Reads a whole text as {@code kstrtouint(text, 0, …)} does.
   *
   * @return the value as an unsigned 32-bit number
   * @throws KernelRefusal ERANGE beyond 32 bits, else as {@link #parseUnsigned}
   */
  public static int parseUnsignedInt(String text) {
    long value = parseUnsigned(text);
    if (value >>> 32 != 0) {
      throw KernelRefusal.of(Errno.ERANGE, "'" + text.strip() + "' does not fit 32 bits");
    }
    return (int) value;
  }

  private static boolean endsAt(String text, int end) {
    int rest = text.length() - end;
    return rest == 0 || (rest == 1 && text.charAt(end) == '\n');
  }

  /**
   * Reads a leading number as {@code sscanf("%d")} (radix 10) or {@code sscanf("%i")} (radix 0) do:
   * blanks and a minus sign may stand before it, a plus sign may not, and what follows is ignored.
   *
   * @return the value cut to 32 bits, or nothing where sscanf finds no number
   */
  public static OptionalInt scanInt(String text, int radix) {
    int start = skipBlanks(text, 0);
    boolean negative = start < text.length() && text.charAt(start) == '-';
    Digits digits = Digits.read(text, negative ? start + 1 : start, radix);
    if (digits.count == 0) {
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) (negative ? -digits.value : digits.value));
  }

  /** Reads a leading decimal number as {@code sscanf("%llu")} does; neither sign is accepted. */
  public static OptionalLong scanUnsigned(String text) {
    Digits digits = Digits.read(text, skipBlanks(text, 0), 10);
    return digits.count == 0 ? OptionalLong.empty() : OptionalLong.of(digits.value);
  }

  /**
   * Reads digits at {@code start} as {@code simple_strtoul(…, 0)} does: no sign, no blanks, and
   * beyond 64 bits the value wraps around.
   */
  public static Leading leading(String text, int start) {
    Digits digits = Digits.read(text, start, 0);
    return new Leading(digits.value, digits.end, digits.count > 0, digits.overflow);
  }

  /**
   * Reads a truth value as {@code kstrtobool} does: by the first letter, and for {@code on} and
   * {@code off} by the second.
   *
   * @param profile the kernel that reads it; newer ones know enable and disable
   * @throws KernelRefusal EINVAL for any other text
   */
  public static boolean parseBoolean(String text, KernelProfile profile) {
    boolean newer = profile.has(KernelRules.BOOLEANS_ENABLE);
    if (begins(text, newer ? "1yte" : "1yt", "on")) {
      return true;
    }
    if (begins(text, newer ? "0nfd" : "0nf", "of")) {
      return false;
    }
    throw KernelRefusal.of(
        Errno.EINVAL, "'" + text.strip() + "' is neither 1, y, t, on nor 0, n, f, off");
  }

  private static boolean begins(String text, String letters, String word) {
    String head = text.substring(0, Math.min(2, text.length())).toLowerCase(Locale.ROOT);
    return head.equals(word) || (!head.isEmpty() && letters.indexOf(head.charAt(0)) >= 0);
  }

  /**
   * A number inside a text.
   *
   * @param value unsigned
   * @param end where the text goes on
   * @param found false if there was no digit; then {@code end} is where the search began
   * @param overflow true if it did not fit 64 bits, so that the value wrapped around
   */
  public record Leading(long value, int end, boolean found, boolean overflow) {}

  /** Returns where the blanks that begin at {@code start} end: {@code skip_spaces}. */
  public static int skipBlanks(String text, int start) {
    int i = start;
    while (i < text.length() && isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Returns the text up to the blanks at its end: {@code strim} without its leading half. */
  public static String withoutTrailingBlanks(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0;
  }

  /** A run of digits inside a text: {@code _parse_integer} with its radix detection. */
  static final class Digits {
    long value;
    int end;
    int count;
    boolean overflow;

    static Digits read(String text, int start, int radix) {
      Digits digits = new Digits();
      int base = radix == 0 ? detectRadix(text, start) : radix;
      digits.end = base == 16 ? start + 2 : start;
      while (digits.end < text.length()) {
        int digit = digit(text.charAt(digits.end));
        if (digit < 0 || digit >= base) {
          break;
        }
        digits.append(digit, base);
      }
      return digits;
    }

    private void append(int digit, int base) {
      // An overflow is noted, but the digits go on: simple_strtoul wraps around where kstrtoul
      // refuses.
      if (Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, base)) > 0) {
        overflow = true;
      }
      value = value * base + digit;
      end++;
      count++;
    }

    private static int detectRadix(String text, int start) {
      if (start >= text.length() || text.charAt(start) != '0') {
        return 10;
      }
      boolean hex =
          start + 2 < text.length()
              && (text.charAt(start + 1) | 0x20) == 'x'
              && digit(text.charAt(start + 2)) >= 0;
      return hex ? 16 : 8;
    }

    static int digit(char c) {
      if (c >= '0' && c <= '9') {
        return c - '0';
      }
      int lower = c | 0x20;
      return c < 0x80 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
  }
}
