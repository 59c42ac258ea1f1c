package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/** Core files of the guest. */
final class DumpCommands implements CommandGroup {
  private final Guest guest;

  DumpCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    return switch (command) {
      case "query-dump" -> Optional.of(guest.dump().toJson());
      case "dump-guest-memory" -> {
        JsonObject data = guest.dump().write(arguments, guest.descriptors());
        boolean detached = arguments.get("detach").equals(Optional.of(JsonBool.TRUE));
        guest.tell("DUMP_COMPLETED", data, detached);
        yield DONE;
      }
      default -> Optional.empty();
    };
  }
}
