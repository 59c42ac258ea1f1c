package org.vfioap.qemu.guest;

import java.util.Map;

/**
 * Filters of a network, which see nothing here. Source: net/filter*.c of QEMU 7.2, and measured.
 */
final class FilterObject {
  private static final String COMMON =
      """
      type\tstring\t"%1$s"
      queue\tNetFilterDirection\t"all"
      netdev\tstring\t""
      insert\tstring\t"behind"
      status\tstring\t"on"
      position\tstring\t"tail"
      """;
  private static final String HEADER = "vnet_hdr_support\tbool\tfalse\n";

  private static final Map<String, String> OWN =
      Map.of(
          "filter-buffer",
          "interval\tuint32\t0\n",
          "filter-dump",
          "maxlen\tuint32\t65536\nfile\tstring\t\"\"\n",
          "filter-rewriter",
          HEADER,
          "filter-mirror",
          "outdev\tstring\t\"\"\n" + HEADER,
          "filter-redirector",
          "outdev\tstring\t\"\"\nindev\tstring\t\"\"\n" + HEADER);

  private FilterObject() {}

  static boolean isOne(String type) {
    return type.startsWith("filter-");
  }

  /** Returns what a new one looks like, as a recording has it. */
  static String record(String type) {
    return "# \n" + type + "\n" + COMMON.formatted(type) + OWN.getOrDefault(type, "");
  }
}
