package org.vfioap.qemu.block;

import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.scalar.Switches;

/** What all drivers understand. Source: block.c (bdrv_runtime_opts) of QEMU 7.2. */
record NodeOptions(JsonObject members) {

  boolean isOn(String name) {
    return isOn(members, name);
  }

  private static boolean isOn(JsonObject object, String name) {
    JsonValue value = object.get(name).orElse(JsonBool.FALSE);
    return value instanceof JsonString text
        ? Switches.isOn(text.text())
        : value.equals(JsonBool.TRUE);
  }

  String driver() {
    return members.text("driver").orElse("");
  }

  String text(String name, String otherwise) {
    return members.text(name).orElse(otherwise);
  }

  /** Returns how it is cached; a node of its own always writes back. */
  JsonObject cache() {
    JsonObject wanted = (JsonObject) members.get("cache").orElseGet(JsonObject::empty);
    return JsonObject.empty()
        .with("writeback", true)
        .with("direct", isOn(wanted, "direct"))
        .with("no-flush", isOn(wanted, "no-flush"));
  }

  void checkZeroes() throws QemuError {
    boolean unmaps = text("detect-zeroes", "").equals("unmap");
    QemuError.require(
        !unmaps || text("discard", "").equals("unmap"),
        "setting detect-zeroes to unmap is not allowed without setting discard operation to"
            + " unmap");
  }
}
