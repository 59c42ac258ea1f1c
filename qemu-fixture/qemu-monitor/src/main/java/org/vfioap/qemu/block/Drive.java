package org.vfioap.qemu.block;

import java.util.Optional;
import java.util.OptionalLong;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/**
 * A drive as {@code -drive} describes it. Source: blockdev.c (drive_new) of QEMU 7.2.
 *
 * @param id its name; empty if it is named after its place
 * @param type the interface: {@code none}, {@code virtio}
 * @param index its place, if one was given
 * @param medium what is in it, as for {@code blockdev-add}
 */
public record Drive(String id, String type, OptionalLong index, Optional<JsonObject> medium) {

  /** Says which places are taken. */
  @FunctionalInterface
  interface Places {
    boolean isTaken(String type, long unit);
  }

  long unit() {
    return index.orElse(0);
  }

  /** Gives it a place, the first that is free unless one was given, and a name. */
  Drive place(Places places) throws QemuError {
    long unit = index.orElse(0);
    while (index.isEmpty() && places.isTaken(type, unit)) {
      unit++;
    }
    QemuError.require(
        !places.isTaken(type, unit),
        "drive with bus=0, unit=" + unit + " (index=" + index.orElse(-1) + ") exists");
    return new Drive(id.isEmpty() ? type + unit : id, type, OptionalLong.of(unit), medium);
  }
}
