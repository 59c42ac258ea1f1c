package org.vfioap.qemu.qmp;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonText;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/** Migration. */
final class MigrationCommands implements CommandGroup {
  private final Guest guest;

  MigrationCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    return switch (command) {
      case "query-migrate" -> Optional.of(guest.migration().toJson());
      case "migrate" -> {
        guest.migration().start(arguments.text("uri").orElse(""));
        yield DONE;
      }
      case "migrate_cancel" -> {
        guest.migration().cancel();
        yield DONE;
      }
      case "migrate-set-capabilities" -> {
        JsonArray capabilities = (JsonArray) arguments.get("capabilities").orElse(JsonArray.EMPTY);
        guest.migration().setCapabilities(capabilities);
        yield DONE;
      }
      case "query-migrate-capabilities" -> Optional.of(capabilities());
      case "migrate-pause" ->
          throw QemuError.generic(
              "migrate-pause is currently only supported during postcopy-active state");
      default -> Optional.empty();
    };
  }

  private JsonArray capabilities() throws QemuError {
    String recorded = guest.recording().get("query-migrate-capabilities");
    JsonText text = (JsonText) RecordedCommands.reply(recorded, Map.of());
    return guest.migration().capabilities((JsonArray) text.parsed());
  }
}
