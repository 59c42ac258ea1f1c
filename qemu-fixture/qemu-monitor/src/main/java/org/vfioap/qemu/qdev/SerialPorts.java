package org.vfioap.qemu.qdev;

import java.util.Optional;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The numbers of the ports of a virtio-serial device; number 0 is for the first console. Source:
 * hw/char/virtio-serial-bus.c of QEMU 7.2, and measured.
 */
final class SerialPorts {
  static final String BUS = "virtio-serial-bus";

  private static final String REFUSED = "virtio-serial-bus: ";
  private static final long UNSET = 0xFFFFFFFFL;

  private SerialPorts() {}

  /** Picks the number of a port, unless one was given. */
  static void settle(Candidate port) throws QemuError {
    boolean console = port.model().equals("virtconsole");
    long wanted = port.number("nr").orElse(UNSET);
    if (wanted != UNSET && isUsed(port.bus(), wanted)) {
      throw QemuError.generic(REFUSED + "A port already exists at id " + wanted);
    }
    Optional<String> name = port.text("name");
    if (name.isPresent() && isUsed(port.bus(), "name", name.get())) {
      throw QemuError.generic(REFUSED + "A port already exists by name " + name.get());
    }
    long number = wanted == UNSET ? free(port.bus(), console) : wanted;
    long limit = limit(port);
    if (number >= limit) {
      String most = Long.toString(limit - 1);
      throw QemuError.generic(REFUSED + "Out-of-range port id specified, max. allowed: " + most);
    }
    if (number == 0 && !console) {
      throw QemuError.generic(
          "Port number 0 on virtio-serial devices reserved for virtconsole devices for"
              + " backward compatibility.");
    }
    port.settle("nr", JsonNumber.of(number));
  }

  /** Returns the line that tells of a port's state; nobody has opened it. */
  static String line(long number) {
    return "port " + number + ", guest off, host off, throttle off";
  }

  private static long limit(Candidate port) {
    return port.board()
        .ownerOf(port.bus())
        .flatMap(owner -> owner.printed("max_ports"))
        .map(Long::parseLong)
        .orElse(0L);
  }

  private static long free(Bus bus, boolean console) {
    long number = console && !isUsed(bus, 0) ? 0 : 1;
    while (isUsed(bus, number)) {
      number++;
    }
    return number;
  }

  private static boolean isUsed(Bus bus, long number) {
    return isUsed(bus, "nr", Long.toString(number));
  }

  private static boolean isUsed(Bus bus, String property, String value) {
    return bus.devices().stream()
        .anyMatch(each -> each.printed(property).equals(Optional.of(value)));
  }
}
