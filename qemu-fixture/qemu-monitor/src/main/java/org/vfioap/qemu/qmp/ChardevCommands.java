package org.vfioap.qemu.qmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.Device;

/** Character devices that come and go while the process runs. */
final class ChardevCommands implements CommandGroup {
  /** Its back end is open only while a program of the guest has opened it. */
  private static final String PORT = "virtserialport";

  private final MonitorList chardevs;
  private final Guest guest;

  ChardevCommands(MonitorList chardevs, Guest guest) {
    this.chardevs = chardevs;
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    String id = arguments.text("id").orElse("");
    switch (command) {
      case "query-chardev" -> {
        return Optional.of(described());
      }
      case "chardev-add" -> {
        JsonObject backend = member(arguments, "backend");
        chardevs.addChardev(id, backend.text("type").orElse(""), member(backend, "data"));
      }
      case "chardev-change" -> {
        refuseUsed(id, "Chardev user does not support chardev hotswap");
        JsonObject backend = member(arguments, "backend");
        chardevs.changeChardev(id, backend.text("type").orElse(""), member(backend, "data"));
      }
      case "chardev-remove" -> {
        refuseUsed(id, "Chardev '" + id + "' is busy");
        chardevs.removeChardev(id);
      }
      default -> {
        return Optional.empty();
      }
    }
    return DONE;
  }

  private JsonArray described() {
    List<JsonValue> answer = new ArrayList<>();
    for (JsonValue each : chardevs.chardevs().items()) {
      JsonObject chardev = (JsonObject) each;
      Optional<Device> user = user(chardev.text("label").orElse(""));
      boolean open = user.isPresent() && !user.get().model().equals(PORT);
      answer.add(open ? chardev.with("frontend-open", true) : chardev);
    }
    return new JsonArray(answer);
  }

  private void refuseUsed(String id, String why) throws QemuError {
    if (user(id).isPresent()) {
      throw QemuError.generic(why);
    }
  }

  private Optional<Device> user(String label) {
    return guest.board().devices().stream()
        .filter(each -> each.printed("chardev").equals(Optional.of(label)))
        .findFirst();
  }

  private static JsonObject member(JsonObject object, String name) {
    return (JsonObject) object.get(name).orElseGet(JsonObject::empty);
  }
}
