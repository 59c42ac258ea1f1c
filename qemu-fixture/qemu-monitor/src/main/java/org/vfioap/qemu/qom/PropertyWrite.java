package org.vfioap.qemu.qom;

import java.util.Set;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/**
 * What may be written to a property. Source: qom/object.c, hw/core/qdev-properties.c and
 * qapi/qobject-input-visitor.c of QEMU 7.2, and measured by writing null to every property.
 */
public final class PropertyWrite {
  private static final Set<String> VISITED_AS_TEXT =
      Set.of(
          "string",
          "str",
          "loadparm",
          "HostMemPolicy",
          "QCryptoSecretFormat",
          "QCryptoTLSCredsEndpoint");
  private static final Set<String> SIZED_INTEGERS =
      Set.of("uint8", "uint16", "uint32", "int8", "int16", "int32");
  private static final Set<String> VISITED_AS_OBJECT =
      Set.of("BootConfiguration", "MemorySizeConfiguration", "SMPConfiguration");

  private PropertyWrite() {}

  /** Returns the error for a property that an object of {@code type} does not have. */
  public static QemuError notFound(String type, String name) {
    return QemuError.generic("Property '" + type + "." + name + "' not found");
  }

  /** Returns the error for a property that is only read. */
  public static QemuError notWritable(String type, String name) {
    return QemuError.generic("Property '" + type + "." + name + "' is not writable");
  }

  /**
   * Checks the JSON type of a value as the setter of a property of {@code type} visits it.
   *
   * @throws QemuError if the value is of another type or out of range
   */
  public static void checkType(String name, String type, JsonValue value) throws QemuError {
    if (type.equals("bool") && !(value instanceof JsonBool)) {
      throw Refusals.type(name, "boolean");
    }
    if (name.equals("host-nodes") && !(value instanceof JsonArray)) {
      throw Refusals.type(name, "array");
    }
    if (SIZED_INTEGERS.contains(type) || name.equals("prealloc-threads")) {
      checkRange(name, type.equals("int") ? "uint32" : type, value);
    } else if (isInteger(type)
        && !name.equals("host-nodes")
        && !(isWhole(value) && isSigned(type, value))) {
      throw Refusals.type(name, "integer");
    }
    boolean text = VISITED_AS_TEXT.contains(type) || type.startsWith("link<");
    if (text && !(value instanceof JsonString)) {
      throw Refusals.type(name, "string");
    }
    if (VISITED_AS_OBJECT.contains(type) && !(value instanceof JsonObject)) {
      throw Refusals.type(name, "object");
    }
  }

  private static boolean isInteger(String type) {
    return type.matches("u?int(64)?") || type.equals("size");
  }

  private static boolean isSigned(String type, JsonValue value) {
    return !type.startsWith("int") || value instanceof JsonNumber.Signed;
  }

  private static boolean isWhole(JsonValue value) {
    return value instanceof JsonNumber && !(value instanceof JsonNumber.Real);
  }

  /** The visitor reads the widest integer first and complains about it by that name. */
  private static void checkRange(String name, String type, JsonValue value) throws QemuError {
    boolean unsigned = type.startsWith("u");
    if (!isWhole(value)) {
      throw Refusals.expects(name, unsigned ? "uint64" : "int64");
    }
    int bits = Integer.parseInt(type.replaceAll("\\D", ""));
    long most = unsigned ? (1L << bits) - 1 : (1L << (bits - 1)) - 1;
    long least = unsigned ? 0 : -most - 1;
    boolean fits =
        value instanceof JsonNumber.Signed number
            && number.value() >= least
            && number.value() <= most;
    if (!fits) {
      throw Refusals.expects(name, type + "_t");
    }
  }
}
