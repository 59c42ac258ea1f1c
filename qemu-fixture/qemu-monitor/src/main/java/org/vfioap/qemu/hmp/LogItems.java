package org.vfioap.qemu.hmp;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What the command {@code log} writes to a log; nothing is. Source: util/log.c of QEMU 7.2. */
final class LogItems {
  /** The column in which the help says what an item is. */
  private static final int COLUMN = 16;

  private LogItems() {}

  /** Returns what is printed when items are chosen, separated by commas: help if one is unknown. */
  static String choose(String items, String help) {
    Set<String> known =
        help.lines()
            .filter(line -> line.length() > COLUMN && line.startsWith(" ", COLUMN - 1))
            .map(line -> line.substring(0, COLUMN).strip())
            .collect(Collectors.toSet());
    known.remove("none");
    known.add("all");
    boolean chosen =
        items.equals("none")
            || Arrays.stream(items.split(",", -1))
                .allMatch(item -> known.contains(item) || item.startsWith("trace:"));
    return chosen ? "" : help;
  }
}
