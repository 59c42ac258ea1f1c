package org.vfioap.place;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.ap.ApMask;

/** Numbers as users type them: {@code 5}, {@code 0x1f}, {@code 4-6,9}. */
final class NumberList {
  private static final String NUMBER = "(0|[1-9][0-9]{0,3}|0[xX][0-9a-fA-F]{1,4})";
  private static final Pattern TERM = Pattern.compile(NUMBER + "(?:-" + NUMBER + ")?");

  private NumberList() {}

  /**
   * Reads a list.
   *
   * @param what how messages call such a number
   * @param last the highest
   * @throws IllegalArgumentException if it is none, with what is allowed
   */
  static ApMask parse(String what, String text, int last) {
    ApMask mask = ApMask.NONE;
    for (String term : text.split(",", -1)) {
      Matcher matcher = TERM.matcher(term);
      if (!matcher.matches()) {
        throw refusal(what, text, "is no number, range or list of them", last);
      }
      int first = Integer.decode(matcher.group(1));
      int end = matcher.group(2) == null ? first : Integer.decode(matcher.group(2));
      if (end > last || first > end) {
        throw refusal(what, text, "is out of range", last);
      }
      mask = mask.or(ApMask.range(first, end));
    }
    return mask;
  }

  private static IllegalArgumentException refusal(
      String what, String text, String problem, int last) {
    return new IllegalArgumentException(
        String.format(
            "%s '%s' %s; allowed: 0 to %d, decimal without leading zeros or 0x hexadecimal, as 5 or"
                + " 0x0a or 4-6,9",
            what, text, problem, last));
  }
}
