package org.vfioap.qemu.recorder;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;

/**
 * Arguments of the right types that name nothing: each string is {@code @NAME@}, each list is
 * empty, each enumeration its first word.
 */
final class SampleArguments {
  private static final JsonObject BUILTIN = JsonObject.of("meta-type", "builtin");
  private static final int DEEPEST = 8;

  private final Map<String, JsonObject> types = new HashMap<>();

  /** Reads the types of a schema. */
  SampleArguments(JsonValue schema) {
    ((JsonArray) schema)
        .items()
        .forEach(
            each -> {
              JsonObject entity = (JsonObject) each;
              types.put(entity.text("name").orElseThrow(), entity);
            });
  }

  /** Returns the entity called {@code name}; a scalar if the schema has none. */
  JsonObject entity(String name) {
    return types.getOrDefault(name, BUILTIN);
  }

  /** Returns the mandatory members of an object type, those of its first case too. */
  JsonObject object(String type) {
    return object(entity(type), 0);
  }

  private JsonObject object(JsonObject entity, int depth) {
    JsonObject value = JsonObject.empty();
    for (JsonObject member : list(entity, "members")) {
      if (!member.has("default")) {
        String name = member.text("name").orElseThrow();
        value.with(name, value(member.text("type").orElseThrow(), name, depth + 1));
      }
    }
    for (JsonObject variant : list(entity, "variants")) {
      if (variant.text("case").equals(entity.text("tag").flatMap(value::text)) && depth < DEEPEST) {
        object(entity(variant.text("type").orElseThrow()), depth + 1)
            .members()
            .forEach(value::with);
      }
    }
    return value;
  }

  private JsonValue value(String type, String name, int depth) {
    JsonObject entity = entity(type);
    return switch (entity.text("meta-type").orElseThrow()) {
      case "enum" -> ((JsonArray) entity.get("values").orElseThrow()).items().get(0);
      case "array" -> JsonArray.EMPTY;
      case "object" -> object(entity, depth);
      case "alternate" -> alternate(entity, name, depth);
      default -> builtin(type, name);
    };
  }

  private JsonValue alternate(JsonObject entity, String name, int depth) {
    List<String> kinds =
        list(entity, "members").stream().map(m -> m.text("type").orElseThrow()).toList();
    return value(kinds.contains("str") ? "str" : kinds.get(0), name, depth + 1);
  }

  private static JsonValue builtin(String type, String name) {
    return switch (type) {
      case "int", "number" -> JsonNumber.of(1);
      case "bool" -> JsonBool.FALSE;
      default -> JsonString.of("@" + name + "@");
    };
  }

  /** Returns a list of objects within an entity; empty if there is none. */
  static List<JsonObject> list(JsonObject entity, String list) {
    return ((JsonArray) entity.get(list).orElse(JsonArray.EMPTY))
        .items().stream().map(v -> (JsonObject) v).toList();
  }
}
