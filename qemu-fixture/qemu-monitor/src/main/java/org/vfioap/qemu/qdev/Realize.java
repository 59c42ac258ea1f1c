package org.vfioap.qemu.qdev;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.recording.Recording;

/** Why a device whose properties are set still cannot come to life: recorded, and by rule. */
final class Realize {
  private static final Set<String> EARLIER =
      Set.of("No '", "Bus '", "Device '", "Parameter 'driver'");

  private Realize() {}

  static void check(String model, Map<String, JsonValue> properties) throws QemuError {
    Optional<String> sysfsdev = text(properties, "sysfsdev");
    if (model.equals("vfio-ccw") && sysfsdev.isPresent()) {
      throw QemuError.generic(
          "Host device '" + sysfsdev.get() + "' not found: No such file or directory");
    }
    if (model.startsWith("vfio-pci") && sysfsdev.isPresent()) {
      throw QemuError.generic(
          "vfio " + sysfsdev.get() + ": no such host device: No such file or directory");
    }
    if (properties.get("max-bytes") instanceof JsonNumber.Unsigned) {
      throw QemuError.generic("'max-bytes' parameter must be non-negative, and less than 2^63");
    }
    recorded(model);
  }

  private static Optional<String> text(Map<String, JsonValue> properties, String name) {
    return Optional.ofNullable(properties.get(name))
        .map(value -> value instanceof JsonString string ? string.text() : null);
  }

  private static void recorded(String model) throws QemuError {
    Recording devices = Recording.named("devices");
    Optional<String> refusal = devices.find(model + " hot");
    boolean early = refusal.isPresent() && EARLIER.stream().anyMatch(refusal.get()::startsWith);
    if (refusal.isPresent() && !early && devices.find(model).isEmpty()) {
      throw QemuError.generic(refusal.get());
    }
  }
}
