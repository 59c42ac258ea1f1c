package org.vfioap.qemu.qdev;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the buses that devices bring: after the device's identifier, or else after the bus's
 * type with a number that counts on. Source: hw/core/bus.c (qbus_init_internal) of QEMU 7.2.
 */
final class BusNames {
  /** A bus of a recorded device, whose identifier was d0. */
  private static final Pattern RECORDED = Pattern.compile("bus: d0\\.0\\n +type (.*)");

  private final Map<String, Integer> next = new HashMap<>();

  /** Returns what replaces the recorded names in all texts of one device. */
  UnaryOperator<String> naming(String id, String qtree) {
    Matcher bus = RECORDED.matcher(qtree);
    if (!id.isEmpty() || !bus.find()) {
      return text -> text.replace("d0.", id + ".");
    }
    String type = bus.group(1).toLowerCase(Locale.ROOT);
    String name = type + "." + (next.merge(type, 1, Integer::sum) - 1);
    return text -> text.replace("d0.0", name);
  }
}
