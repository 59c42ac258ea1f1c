package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/** Character devices that come and go while the process runs. */
final class ChardevCommands implements CommandGroup {
  private final MonitorList chardevs;

  ChardevCommands(MonitorList chardevs) {
    this.chardevs = chardevs;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    String id = arguments.text("id").orElse("");
    switch (command) {
      case "query-chardev" -> {
        return Optional.of(chardevs.chardevs());
      }
      case "chardev-add" -> {
        JsonObject backend = member(arguments, "backend");
        chardevs.addChardev(id, backend.text("type").orElse(""), member(backend, "data"));
      }
      case "chardev-change" -> {
        JsonObject backend = member(arguments, "backend");
        chardevs.changeChardev(id, backend.text("type").orElse(""), member(backend, "data"));
      }
      case "chardev-remove" -> chardevs.removeChardev(id);
      default -> {
        return Optional.empty();
      }
    }
    return DONE;
  }

  private static JsonObject member(JsonObject object, String name) {
    return (JsonObject) object.get(name).orElseGet(JsonObject::empty);
  }
}
