package org.vfioap.qemu.recorder;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;

/** Turns {@code query-qmp-schema} into the short form that the emulator checks arguments with. */
final class SchemaRecorder {
  private final List<JsonObject> entities;
  private final Map<String, String> integers;

  /**
   * Creates a recorder.
   *
   * @param integers the types of integers that are not plain {@code int}, by owner and member
   */
  SchemaRecorder(JsonValue schema, Map<String, String> integers) {
    this.entities = objects(schema);
    this.integers = integers;
  }

  void record(RecordingFile out) {
    StringBuilder types = new StringBuilder();
    StringBuilder commands = new StringBuilder();
    for (JsonObject entity : entities) {
      String kind = text(entity, "meta-type");
      if (kind.equals("command")) {
        commands.append(command(entity)).append('\n');
      } else if (!kind.equals("event")) {
        types.append(text(entity, "name")).append(' ').append(type(kind, entity)).append('\n');
      }
    }
    for (String type : new TreeSet<>(integers.values())) {
      types.append(type).append(" builtin ").append(type).append('\n');
      types.append('[').append(type).append("] array ").append(type).append('\n');
    }
    out.add("commands", commands.toString());
    out.add("types", types.toString());
  }

  private static String command(JsonObject entity) {
    String oob = entity.has("allow-oob") && text(entity, "allow-oob").equals("true") ? " oob" : "";
    return text(entity, "name") + " " + text(entity, "arg-type") + oob;
  }

  private String type(String kind, JsonObject entity) {
    return switch (kind) {
      case "builtin" -> "builtin " + text(entity, "json-type");
      case "enum" -> "enum " + strings(entity.get("values").orElse(JsonArray.EMPTY));
      case "array" -> "array " + text(entity, "element-type");
      case "alternate" -> "alternate " + joined(entity, "members", member -> text(member, "type"));
      default -> "object" + members(entity);
    };
  }

  private String members(JsonObject entity) {
    String members =
        joined(
            entity,
            "members",
            m -> text(m, "name") + (m.has("default") ? "?:" : ":") + type(entity, m));
    String tag = entity.has("tag") ? " tag=" + text(entity, "tag") : "";
    String cases =
        joined(entity, "variants", v -> "case=" + text(v, "case") + ":" + text(v, "type"));
    return (members.isEmpty() ? "" : " " + members) + tag + (cases.isEmpty() ? "" : " " + cases);
  }

  private String type(JsonObject owner, JsonObject member) {
    String type = text(member, "type");
    String width = integers.get(text(owner, "name") + " " + text(member, "name"));
    return width == null ? type : type.replace("int", width);
  }

  private static String joined(
      JsonObject entity, String list, java.util.function.Function<JsonObject, String> each) {
    return objects(entity.get(list).orElse(JsonArray.EMPTY)).stream()
        .map(each)
        .collect(Collectors.joining(" "));
  }

  private static String strings(JsonValue list) {
    return ((JsonArray) list)
        .items().stream().map(v -> ((JsonString) v).text()).collect(Collectors.joining(" "));
  }

  private static List<JsonObject> objects(JsonValue list) {
    return ((JsonArray) list).items().stream().map(v -> (JsonObject) v).toList();
  }

  private static String text(JsonObject object, String name) {
    return object.text(name).orElseGet(() -> String.valueOf(object.get(name).orElseThrow()));
  }
}
