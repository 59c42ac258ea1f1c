package org.vfioap.qemu.qdev;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The address of a network card that was given none: the first free one of QEMU's range. Source:
 * net/net.c (qemu_macaddr_default_if_unset) of QEMU 7.2.
 */
final class MacAddress {
  private static final String RANGE = "52:54:00:12:34:";
  private static final int FIRST = 0x56;
  private static final String UNSET = "00:00:00:00:00:00";

  private MacAddress() {}

  static String choose(Candidate card) {
    String given = card.text("mac").orElse(UNSET);
    if (!given.equals(UNSET)) {
      return given;
    }
    Set<String> used =
        card.board().devices().stream()
            .flatMap(device -> device.printed("mac").stream())
            .collect(Collectors.toSet());
    int last = FIRST;
    while (last < 0xFF && used.contains(RANGE + hex(last))) {
      last++;
    }
    return RANGE + hex(last);
  }

  private static String hex(int value) {
    return String.format(Locale.ROOT, "%02x", value);
  }
}
