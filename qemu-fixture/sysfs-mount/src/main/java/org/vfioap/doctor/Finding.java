package org.vfioap.doctor;

/**
 * One thing that was looked at.
 *
 * @param name what it is
 * @param good whether it is as it should be
 * @param needed whether no machine runs without it; otherwise only some programs lack it
 * @param found what was found
 * @param mend the command or change that mends it; empty if nothing is to be mended
 */
public record Finding(String name, boolean good, boolean needed, String found, String mend) {
  static Finding good(String name, boolean needed, String found) {
    return new Finding(name, true, needed, found, "");
  }

  static Finding bad(String name, boolean needed, String found, String mend) {
    return new Finding(name, false, needed, found, mend);
  }

  /** Returns what was found and what mends it, in a line. */
  public String sentence() {
    return name + ": " + found + (mend.isEmpty() ? "" : "; fix: " + mend);
  }

  /** Returns {@code ok}, {@code missing} or {@code needed}. */
  public String state() {
    if (good) {
      return "ok";
    }
    return needed ? "needed" : "missing";
  }
}
