package org.vfioap.qemu.qom;

import java.util.Set;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/**
 * What may be written to a property. Source: qom/object.c and hw/core/qdev-properties.c of QEMU
 * 7.2.
 */
public final class PropertyWrite {
  private static final Set<String> READ_ONLY =
      Set.of("type", "parent_bus", "hotplugged", "hotpluggable", "unavailable-features", "static");
  private static final Set<String> INTEGERS =
      Set.of(
          "int", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "size");

  private PropertyWrite() {}

  /** Returns the error for a property that an object of {@code type} does not have. */
  public static QemuError notFound(String type, String name) {
    return QemuError.generic("Property '" + type + "." + name + "' not found");
  }

  static JsonValue check(QomObject object, Property property, JsonValue value) throws QemuError {
    String name = property.name();
    if (READ_ONLY.contains(name) || property.isChild()) {
      throw QemuError.generic("Property '" + object.type() + "." + name + "' is not writable");
    }
    boolean bool = property.type().equals("bool");
    boolean integer = INTEGERS.contains(property.type());
    if (bool && !(value instanceof JsonBool)) {
      throw Refusals.type(name, "boolean");
    }
    if (integer && (!(value instanceof JsonNumber) || value instanceof JsonNumber.Real)) {
      throw Refusals.type(name, "integer");
    }
    if (!bool && !integer && !(value instanceof JsonString) && isText(property)) {
      throw Refusals.type(name, "string");
    }
    return value;
  }

  private static boolean isText(Property property) {
    return property.type().equals("string") || property.type().equals("str") || property.isLink();
  }
}
