package org.vfioap.scenario;

import org.vfioap.ap.ApMask;

/** Sets as scenario files write them: decimal ranges, {@code 4-6,71}. */
final class Ranges {
  private Ranges() {}

  static ApMask parse(String text) {
    ApMask mask = ApMask.NONE;
    for (String range : text.split(",", -1)) {
      if (!range.isBlank()) {
        mask = mask.or(range(range.strip()));
      }
    }
    return mask;
  }

  private static ApMask range(String range) {
    int dash = range.indexOf('-');
    try {
      int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
      return ApMask.range(ApMask.of(first).next(0), ApMask.of(last).next(0));
    } catch (IllegalArgumentException e) {
      throw new ScenarioException(
          "'" + range + "' is no range of numbers from 0 to 255, like 4-6", e);
    }
  }
}
