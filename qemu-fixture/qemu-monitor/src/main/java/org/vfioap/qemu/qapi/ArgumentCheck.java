package org.vfioap.qemu.qapi;

import java.util.List;
import org.vfioap.qemu.json.GlibHashTable;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNull;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;

/**
 * Visits arguments as QEMU's strict input visitor does: members in the schema's order, then what is
 * left over. Source: qapi/qobject-input-visitor.c of QEMU 7.2.
 */
final class ArgumentCheck {
  private final CommandSchema schema;

  private final boolean texts;

  ArgumentCheck(CommandSchema schema) {
    this(schema, false);
  }

  private ArgumentCheck(CommandSchema schema, boolean texts) {
    this.schema = schema;
    this.texts = texts;
  }

  /** Returns a check of values whose scalars are texts, as the command line has them. */
  static ArgumentCheck ofTexts(CommandSchema schema) {
    return new ArgumentCheck(schema, true);
  }

  void check(String type, JsonObject arguments) throws QemuError {
    object((SchemaType.Struct) schema.type(type), arguments, "");
  }

  private void object(SchemaType.Struct type, JsonObject value, String path) throws QemuError {
    GlibHashTable left = new GlibHashTable();
    value.members().keySet().forEach(left::insert);
    members(type, value, path, left);
    if (!left.keys().isEmpty()) {
      throw Refusals.unexpected(path + left.keys().get(0));
    }
  }

  private void members(SchemaType.Struct type, JsonObject value, String path, GlibHashTable left)
      throws QemuError {
    for (SchemaType.Member member : type.members()) {
      if (value.has(member.name())) {
        left.remove(member.name());
        JsonValue found = value.get(member.name()).orElseThrow();
        value(schema.type(member.type()), found, path + member.name(), member.name());
      } else if (!member.optional()) {
        throw Refusals.missing(path + member.name());
      }
    }
    String kase = type.tag().flatMap(value::text).map(type.cases()::get).orElse("");
    if (!kase.isEmpty() && schema.type(kase) instanceof SchemaType.Struct more) {
      members(more, value, path, left);
    }
  }

  private void value(SchemaType type, JsonValue value, String path, String name) throws QemuError {
    if (type instanceof SchemaType.Builtin builtin) {
      scalar(builtin.jsonType(), value, path, name);
    } else if (type instanceof SchemaType.Enumeration enumeration) {
      enumeration(enumeration, value, path, name);
    } else if (type instanceof SchemaType.Array array) {
      array(array, value, path);
    } else if (type instanceof SchemaType.Alternate alternate) {
      alternate(alternate, value, path, name);
    } else if (value instanceof JsonObject object) {
      object((SchemaType.Struct) type, object, path + ".");
    } else {
      throw Refusals.type(path, "object");
    }
  }

  private void scalar(String jsonType, JsonValue value, String path, String name) throws QemuError {
    if (texts) {
      TextScalar.check(jsonType, value, path);
    } else if (IntegerTypes.contains(jsonType)) {
      IntegerTypes.check(jsonType, value, path, name);
    } else if (!fits(jsonType, value)) {
      throw Refusals.type(path, jsonType);
    }
  }

  private static boolean fits(String jsonType, JsonValue value) {
    return switch (jsonType) {
      case "string" -> value instanceof JsonString;
      case "number" -> value instanceof JsonNumber;
      case "boolean" -> value instanceof JsonBool;
      case "null" -> value instanceof JsonNull;
      default -> true;
    };
  }

  private void enumeration(SchemaType.Enumeration type, JsonValue value, String path, String name)
      throws QemuError {
    scalar("string", value, path, name);
    if (!(value instanceof JsonString string)) {
      throw Refusals.type(path, "string");
    }
    if (!type.values().contains(string.text())) {
      throw Refusals.enumeration(name, string.text());
    }
  }

  /** Checks a list; QEMU's visitor has no name for an element and prints {@code null}. */
  private void array(SchemaType.Array type, JsonValue value, String path) throws QemuError {
    if (!(value instanceof JsonArray array)) {
      throw Refusals.type(path, "array");
    }
    List<JsonValue> items = array.items();
    for (int i = 0; i < items.size(); i++) {
      value(schema.type(type.element()), items.get(i), path + "[" + i + "]", "null");
    }
  }

  private void alternate(SchemaType.Alternate type, JsonValue value, String path, String name)
      throws QemuError {
    for (String each : type.types()) {
      SchemaType candidate = schema.type(each);
      if (sameKind(candidate, value)) {
        value(candidate, value, path, name);
        return;
      }
    }
    throw Refusals.type(name, nameOf(type));
  }

  /** Returns the name of an alternate, which introspection hides, by the kinds it accepts. */
  private String nameOf(SchemaType.Alternate type) {
    List<String> kinds = type.types().stream().map(this::kindOf).toList();
    return switch (String.join(" ", kinds)) {
      case "string null" -> "StrOrNull";
      case "object string" -> "BlockdevRef";
      case "object string null" -> "BlockdevRefOrNull";
      case "string object" -> "BlockDirtyBitmapOrStr";
      default -> "Qcow2OverlapChecks";
    };
  }

  private String kindOf(String type) {
    return schema.type(type) instanceof SchemaType.Builtin scalar ? scalar.jsonType() : "object";
  }

  private boolean sameKind(SchemaType type, JsonValue value) {
    if (type instanceof SchemaType.Builtin builtin) {
      try {
        scalar(builtin.jsonType(), value, "", "");
        return true;
      } catch (QemuError other) {
        return false;
      }
    }
    return (type instanceof SchemaType.Struct && value instanceof JsonObject)
        || (type instanceof SchemaType.Array && value instanceof JsonArray)
        || (type instanceof SchemaType.Enumeration && value instanceof JsonString);
  }
}
