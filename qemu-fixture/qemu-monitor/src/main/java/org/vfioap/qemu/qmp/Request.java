package org.vfioap.qemu.qmp;

import java.util.Map;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/** A request whose shape was checked. Source: qapi/qmp-dispatch.c of QEMU 7.2. */
record Request(String command, boolean outOfBand, JsonObject arguments) {
  private static final String IN_BAND = "execute";
  private static final String OUT_OF_BAND = "exec-oob";

  static Request check(JsonObject request, boolean allowOutOfBand) throws QemuError {
    String key = "";
    String command = "";
    JsonObject arguments = JsonObject.empty();
    for (Map.Entry<String, JsonValue> member : request.members().entrySet()) {
      String name = member.getKey();
      JsonValue value = member.getValue();
      if (name.equals(IN_BAND) || (name.equals(OUT_OF_BAND) && allowOutOfBand)) {
        command = command(name, value, key);
        key = name;
      } else if (name.equals("arguments")) {
        arguments = arguments(value);
      } else if (!name.equals("id")) {
        throw member(name, "is unexpected");
      }
    }
    if (key.isEmpty()) {
      throw QemuError.generic("QMP input lacks member 'execute'");
    }
    return new Request(command, key.equals(OUT_OF_BAND), arguments);
  }

  private static String command(String name, JsonValue value, String earlier) throws QemuError {
    if (!(value instanceof JsonString string)) {
      throw member(name, "must be a string");
    }
    if (!earlier.isEmpty()) {
      throw member(name, "clashes with '" + earlier + "'");
    }
    return string.text();
  }

  private static JsonObject arguments(JsonValue value) throws QemuError {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw member("arguments", "must be an object");
  }

  private static QemuError member(String name, String problem) {
    return QemuError.generic("QMP input member '" + name + "' " + problem);
  }
}
