package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;

/**
 * Sends each command that needs arguments once, with arguments that name nothing: each string is
 * {@code @NAME@}, so that the answer shows which argument it quotes.
 */
final class ProbeRecorder {
  private static final Set<String> UNSAFE =
      Set.of(
          "device_add",
          "device_del",
          "object-add",
          "migrate",
          "migrate-incoming",
          "human-monitor-command");

  private static final JsonObject BUILTIN = JsonObject.of("meta-type", "builtin");

  private final Path program;
  private final String[] arguments;
  private final Map<String, JsonObject> types = new HashMap<>();

  ProbeRecorder(Path program, String... arguments) {
    this.program = program;
    this.arguments = arguments.clone();
  }

  void record(JsonValue schema, RecordingFile out) throws IOException, InterruptedException {
    List<JsonObject> entities =
        ((JsonArray) schema).items().stream().map(v -> (JsonObject) v).toList();
    entities.forEach(entity -> types.put(entity.text("name").orElseThrow(), entity));
    for (JsonObject entity : entities) {
      String name = entity.text("name").orElseThrow();
      boolean command = entity.text("meta-type").equals(java.util.Optional.of("command"));
      if (command && !UNSAFE.contains(name)) {
        JsonValue probe = value(entity.text("arg-type").orElseThrow(), "");
        if (((JsonObject) probe).size() > 0) {
          probe(name, (JsonObject) probe, out);
        }
      }
    }
  }

  private void probe(String command, JsonObject probe, RecordingFile out)
      throws IOException, InterruptedException {
    try (LiveQemu qemu = LiveQemu.start(program, arguments)) {
      String reply = qemu.ask(command, probe);
      if (qemu.takeEvents().isEmpty()) {
        out.add(command, reply);
      }
    } catch (IOException crashed) {
      out.add(command + " crashes", "");
    }
  }

  private JsonValue value(String type, String name) {
    JsonObject entity = types.getOrDefault(type, BUILTIN);
    return switch (entity.text("meta-type").orElseThrow()) {
      case "enum" -> ((JsonArray) entity.get("values").orElseThrow()).items().get(0);
      case "array" -> JsonArray.EMPTY;
      case "object" -> object(entity);
      case "alternate" -> value(first(entity, "members").text("type").orElseThrow(), name);
      default -> builtin(type, name);
    };
  }

  private static JsonValue builtin(String type, String name) {
    return switch (type) {
      case "int", "number" -> JsonNumber.of(1);
      case "bool" -> JsonBool.FALSE;
      default -> JsonString.of("@" + name + "@");
    };
  }

  private JsonObject object(JsonObject entity) {
    JsonObject value = JsonObject.empty();
    for (JsonObject member : list(entity, "members")) {
      if (!member.has("default")) {
        String name = member.text("name").orElseThrow();
        value.with(name, value(member.text("type").orElseThrow(), name));
      }
    }
    return value;
  }

  private static JsonObject first(JsonObject entity, String list) {
    return list(entity, list).get(0);
  }

  private static List<JsonObject> list(JsonObject entity, String list) {
    return ((JsonArray) entity.get(list).orElseThrow())
        .items().stream().map(v -> (JsonObject) v).toList();
  }
}
