package org.vfioap.qemu.qdev;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The numbers of a device in the channel subsystem, as text {@code CSSID.SSID.NUMBER}. Source:
 * hw/s390x/css.c of QEMU 7.2.
 */
final class ChannelAddress {
  private static final String VIRTUAL = "fe.0.";

  private ChannelAddress() {}

  /** Returns the device number asked for, or the first free one. */
  static String choose(Optional<String> wanted, Bus bus) throws QemuError {
    Set<String> used = printed(bus, "dev_id");
    if (wanted.isEmpty()) {
      return firstFree(used);
    }
    String[] parts = wanted.get().toLowerCase(Locale.ROOT).split("\\.", -1);
    int ssid = Integer.parseInt(parts[1], 16);
    int number = Integer.parseInt(parts[2], 16);
    if (ssid > 3) {
      throw QemuError.generic("Invalid cssid or ssid: cssid " + parts[0] + ", ssid " + parts[1]);
    }
    String address = String.format(Locale.ROOT, "%s.%x.%04x", parts[0], ssid, number);
    if (used.contains(address)) {
      throw QemuError.generic("Device " + address + " already exists");
    }
    return address;
  }

  /** Returns the first free subchannel. */
  static String subchannel(Bus bus) {
    return firstFree(printed(bus, "subch_id"));
  }

  private static String firstFree(Set<String> used) {
    int number = 0;
    while (used.contains(VIRTUAL + String.format(Locale.ROOT, "%04x", number))) {
      number++;
    }
    return VIRTUAL + String.format(Locale.ROOT, "%04x", number);
  }

  private static Set<String> printed(Bus bus, String property) {
    Set<String> values = new HashSet<>();
    String start = property + " = \"";
    for (Device device : bus.devices()) {
      device.propertyLines().stream()
          .filter(line -> line.startsWith(start))
          .forEach(line -> values.add(line.substring(start.length(), line.length() - 1)));
    }
    return values;
  }
}
