package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.cpu.CpuQueries;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/** Questions about CPU models. */
final class CpuCommands implements CommandGroup {
  private final Guest guest;

  CpuCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    return switch (command) {
      case "query-cpu-definitions" -> Optional.of(queries().definitions());
      case "query-cpu-model-expansion" -> Optional.of(queries().expansion(arguments));
      case "query-cpu-model-comparison" -> Optional.of(queries().comparison(arguments));
      case "query-cpu-model-baseline" -> Optional.of(queries().baseline(arguments));
      default -> Optional.empty();
    };
  }

  private CpuQueries queries() {
    return CpuQueries.about(guest.processor().models());
  }
}
