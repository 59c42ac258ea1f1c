package org.vfioap.qemu.qdev;

import java.util.Optional;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Target and unit of a device on the bus of a virtio-scsi adapter. Source: hw/scsi/scsi-bus.c of
 * QEMU 7.2, and measured.
 */
final class ScsiAddress {
  static final String BUS = "SCSI";

  private static final long UNSET = 0xFFFFFFFFL;
  private static final long LARGEST_TARGET = 255;
  private static final long LARGEST_UNIT = 16383;
  private static final int LONGEST_ID = 20;

  private ScsiAddress() {}

  /** Refuses an address that does not exist or is taken, before the device is on the bus. */
  static void check(Candidate device) throws QemuError {
    if (device.bus().type().equals(BUS)) {
      check("channel", "id", device.number("channel").orElse(0), 0);
      check("device", "id", target(device), LARGEST_TARGET);
      check("device", "lun", unit(device), LARGEST_UNIT);
      if (target(device) != UNSET && unit(device) != UNSET) {
        checkFree(device.bus(), target(device), unit(device));
      }
    }
  }

  /** Picks target and unit, unless they were given. */
  static void settle(Candidate device) throws QemuError {
    long target = target(device);
    long unit = unit(device);
    if (target == UNSET) {
      unit = unit == UNSET ? 0 : unit;
      target = freeTarget(device.bus(), unit);
    } else if (unit == UNSET) {
      unit = freeUnit(device.bus(), target);
    }
    device.settle("channel", JsonNumber.of(0));
    device.settle("scsi-id", JsonNumber.of(target));
    device.settle("lun", JsonNumber.of(unit));
    Optional<String> serial = device.text("serial");
    if (serial.isPresent() && device.text("device_id").isEmpty()) {
      String id = serial.get().substring(0, Math.min(LONGEST_ID, serial.get().length()));
      device.settle("device_id", JsonString.of(id));
    }
  }

  private static long target(Candidate device) {
    return device.number("scsi-id").orElse(UNSET);
  }

  private static long unit(Candidate device) {
    return device.number("lun").orElse(UNSET);
  }

  private static void check(String what, String number, long value, long most) throws QemuError {
    if (value != UNSET && value > most) {
      throw QemuError.generic("bad scsi " + what + " " + number + ": " + value);
    }
  }

  private static long freeTarget(Bus bus, long unit) throws QemuError {
    long target = 0;
    while (at(bus, target, unit).isPresent()) {
      if (++target > LARGEST_TARGET) {
        throw QemuError.generic("no free target");
      }
    }
    return target;
  }

  private static long freeUnit(Bus bus, long target) throws QemuError {
    long unit = 0;
    while (at(bus, target, unit).isPresent()) {
      if (++unit > LARGEST_UNIT) {
        throw QemuError.generic("no free lun");
      }
    }
    return unit;
  }

  private static void checkFree(Bus bus, long target, long unit) throws QemuError {
    Optional<Device> used = at(bus, target, unit);
    if (used.isPresent()) {
      String id = used.get().id();
      throw QemuError.generic("lun already used by '" + (id.isEmpty() ? "(null)" : id) + "'");
    }
  }

  private static Optional<Device> at(Bus bus, long target, long unit) {
    return bus.devices().stream()
        .filter(each -> each.printed("scsi-id").equals(Optional.of(Long.toString(target))))
        .filter(each -> each.printed("lun").equals(Optional.of(Long.toString(unit))))
        .findFirst();
  }
}
