package org.vfioap.qemu.qmp;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonText;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.migration.Migration;
import org.vfioap.qemu.persona.QemuRules;
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
      case "query-migrate" -> Optional.of(migration().toJson());
      case "query-migrate-capabilities" -> Optional.of(capabilities());
      case "query-migrate-parameters" -> Optional.of(migration().parameters(recorded(command)));
      case "query-dirty-rate" -> Optional.of(migration().dirtyRate());
      default -> act(command, arguments) ? DONE : Optional.empty();
    };
  }

  private boolean act(String command, JsonObject arguments) throws QemuError {
    String uri = command.startsWith("migrate") ? MigrationTarget.of(command, arguments) : "";
    switch (command) {
      case "migrate" ->
          migration().start(uri, arguments.get("resume").equals(Optional.of(JsonBool.TRUE)));
      case "migrate_cancel" -> migration().cancel();
      case "migrate-continue" -> migration().proceed(arguments.text("state").orElse(""));
      case "migrate-start-postcopy" -> migration().startPostcopy();
      case "migrate-incoming" -> migration().receive(uri, true);
      case "migrate-set-capabilities" ->
          migration()
              .setCapabilities((JsonArray) arguments.get("capabilities").orElse(JsonArray.EMPTY));
      case "migrate-set-parameters" -> migration().setParameters(arguments);
      case "getfd" -> guest.descriptors().claim(arguments.text("fdname").orElse(""));
      case "closefd" -> guest.descriptors().close(arguments.text("fdname").orElse(""));
      case "calc-dirty-rate" -> migration().measureDirtyRate(arguments);
      case "migrate-pause" ->
          throw QemuError.generic(
              "migrate-pause is currently only supported during " + QemuRules.PAUSE_STATES.now());
      default -> {
        return false;
      }
    }
    return true;
  }

  private Migration migration() {
    return guest.migration();
  }

  private JsonArray capabilities() throws QemuError {
    return migration().capabilities((JsonArray) recorded("query-migrate-capabilities").parsed());
  }

  private JsonText recorded(String command) throws QemuError {
    return (JsonText) RecordedCommands.reply(guest.recording().get(command), Map.of());
  }
}
