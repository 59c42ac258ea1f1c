package org.vfioap.machine;

import java.util.List;
import org.vfioap.ap.ApMask;

/**
 * Which numbers may stand somewhere, and how they are written: decimal or 0x hexadecimal; in sets
 * also ranges, {@code 4-6}.
 *
 * @param what how messages call such a number
 * @param last the highest; 0 is the lowest
 * @param because behind the highest in messages: why it is not 255, or empty
 */
record NumberRange(String what, int last, String because) {
  /** Returns the same range of numbers under another name. */
  NumberRange of(String otherName) {
    return new NumberRange(otherName, last, because);
  }

  private String allowed() {
    return "0 to " + last + because;
  }

  /** Reads one number. */
  int number(YamlValue value) {
    return number(value.text(what, allowed()), value.position());
  }

  private int number(String text, Position where) {
    long number =
        NumberText.parse(text)
            .orElseThrow(
                () ->
                    where.error(
                        what + " " + Quoted.of(text) + " is not a number",
                        allowed() + ", " + NumberText.FORM));
    if (number > last) {
      throw outOfRange(text, where);
    }
    return (int) number;
  }

  private MachineFileException outOfRange(String text, Position where) {
    return where.error(what + " " + Quoted.of(text) + " is out of range", allowed());
  }

  /** Checks a number that was read elsewhere. */
  void check(int number, Position where) {
    if (number > last) {
      throw outOfRange(String.valueOf(number), where);
    }
  }

  /** Reads a set: a list of numbers and ranges, or a text of them with commas. */
  ApMask set(YamlValue value) {
    ApMask set = ApMask.NONE;
    for (YamlValue part : parts(value)) {
      set = disjoint(set, numbers(part), part.position());
    }
    return set;
  }

  private List<YamlValue> parts(YamlValue value) {
    if (value.isList()) {
      return value.elements(what, allowed());
    }
    String text = value.text(what + "s", "a list of numbers and ranges");
    return text.isEmpty() ? List.of() : List.of(value);
  }

  /** Reads one number, one range, or several with commas. */
  ApMask numbers(YamlValue value) {
    ApMask set = ApMask.NONE;
    for (String part : value.text(what, allowed() + " and ranges as 4-6").split(",", -1)) {
      set = disjoint(set, range(part.strip(), value.position()), value.position());
    }
    return set;
  }

  private ApMask range(String text, Position where) {
    int dash = text.indexOf('-', 1);
    if (dash < 0) {
      return ApMask.of(number(text, where));
    }
    int first = number(text.substring(0, dash), where);
    int last = number(text.substring(dash + 1), where);
    if (first > last) {
      throw where.error("range " + Quoted.of(text) + " runs backwards", "the lower number first");
    }
    return ApMask.range(first, last);
  }

  /** Returns both sets together; refuses a number that is in both. */
  ApMask disjoint(ApMask set, ApMask added, Position where) {
    ApMask twice = set.and(added);
    if (!twice.isEmpty()) {
      throw where.error(what + " " + twice.ranges() + " is given twice", "each " + what + " once");
    }
    return set.or(added);
  }
}
