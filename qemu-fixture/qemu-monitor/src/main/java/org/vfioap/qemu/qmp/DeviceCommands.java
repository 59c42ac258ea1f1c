package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.DeviceOptions;

/** Plugging and unplugging. */
final class DeviceCommands implements CommandGroup {
  private final Guest guest;

  DeviceCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    switch (command) {
      case "device_add" -> guest.plug().add(DeviceOptions.ofCommand(arguments));
      case "device_del" -> guest.plug().delete(arguments.text("id").orElse(""));
      default -> {
        return Optional.empty();
      }
    }
    return DONE;
  }
}
