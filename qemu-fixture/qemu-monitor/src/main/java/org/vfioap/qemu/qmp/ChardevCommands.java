package org.vfioap.qemu.qmp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
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
      case "chardev-send-break" -> check(id);
      case "ringbuf-write" -> write(arguments);
      case "ringbuf-read" -> {
        return Optional.of(read(arguments));
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

  private void check(String id) throws QemuError {
    for (JsonValue each : chardevs.chardevs().items()) {
      if (((JsonObject) each).text("label").equals(Optional.of(id))) {
        return;
      }
    }
    throw QemuError.generic("Chardev '" + id + "' not found");
  }

  private void write(JsonObject arguments) throws QemuError {
    RingBuffer ring = chardevs.ring(arguments.text("device").orElse(""));
    String data = arguments.text("data").orElse("");
    ring.write(isBase64(arguments) ? decode(data) : data.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isBase64(JsonObject arguments) {
    return arguments.text("format").orElse("utf8").equals("base64");
  }

  private static byte[] decode(String text) throws QemuError {
    if (!text.matches("[A-Za-z0-9+/=\n]*")) {
      throw QemuError.generic("Base64 data contains invalid characters");
    }
    String letters = text.replaceAll("[=\n]", "");
    int whole = letters.length() % 4 == 1 ? letters.length() - 1 : letters.length();
    return Base64.getDecoder().decode(letters.substring(0, whole));
  }

  private JsonString read(JsonObject arguments) throws QemuError {
    RingBuffer ring = chardevs.ring(arguments.text("device").orElse(""));
    long size =
        arguments.get("size").orElse(null) instanceof JsonNumber.Signed number ? number.value() : 0;
    if (size <= 0) {
      throw QemuError.generic("size must be greater than zero");
    }
    byte[] bytes = ring.read(size);
    return JsonString.of(
        isBase64(arguments)
            ? Base64.getEncoder().encodeToString(bytes)
            : new String(bytes, StandardCharsets.UTF_8));
  }

  private static JsonObject member(JsonObject object, String name) {
    return (JsonObject) object.get(name).orElseGet(JsonObject::empty);
  }
}
