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

  /**
   * Returns device number and subchannel: what was asked for, or the first free ones. Without a
   * wish the device number is that of the subchannel, or the next free one.
   */
  static Pair choose(Optional<String> wanted, Bus bus) throws QemuError {
    Set<String> numbers = printed(bus, "dev_id");
    Set<String> subchannels = printed(bus, "subch_id");
    if (wanted.isEmpty()) {
      int subchannel = firstFree(VIRTUAL, 0, subchannels);
      int number = firstFree(VIRTUAL, subchannel, numbers);
      return new Pair(address(VIRTUAL, number), address(VIRTUAL, subchannel));
    }
    String[] parts = wanted.get().toLowerCase(Locale.ROOT).split("\\.", -1);
    int ssid = Integer.parseInt(parts[1], 16);
    if (ssid > 3) {
      throw QemuError.generic("Invalid cssid or ssid: cssid " + parts[0] + ", ssid " + parts[1]);
    }
    String set = parts[0] + "." + ssid + ".";
    String number = address(set, Integer.parseInt(parts[2], 16));
    if (numbers.contains(number)) {
      throw QemuError.generic("Device " + number + " already exists");
    }
    return new Pair(number, address(set, firstFree(set, 0, subchannels)));
  }

  private static int firstFree(String set, int from, Set<String> used) {
    int number = from;
    while (used.contains(address(set, number))) {
      number = (number + 1) & 0xFFFF;
    }
    return number;
  }

  private static String address(String set, int number) {
    return set + String.format(Locale.ROOT, "%04x", number);
  }

  private static Set<String> printed(Bus bus, String property) {
    Set<String> values = new HashSet<>();
    bus.devices().forEach(device -> device.printed(property).ifPresent(values::add));
    return values;
  }

  /** A device number and the subchannel that leads to it. */
  record Pair(String number, String subchannel) {}
}
