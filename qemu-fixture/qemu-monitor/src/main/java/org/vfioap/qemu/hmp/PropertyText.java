package org.vfioap.qemu.hmp;

import java.util.OptionalLong;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.scalar.Numbers;
import org.vfioap.qemu.scalar.Switches;

/**
 * A property's value as people write it. Source: qapi/string-input-visitor.c of QEMU 7.2, and
 * measured.
 */
final class PropertyText {
  private PropertyText() {}

  /** Returns what {@code text} means for a property of {@code type}. */
  static JsonValue read(String name, String type, String text) throws QemuError {
    if (type.equals("bool")) {
      if (!Switches.isSwitch(text)) {
        throw Refusals.expects(name, "'on' or 'off'");
      }
      return JsonBool.of(Switches.isOn(text));
    }
    if (!type.matches("u?int(8|16|32|64)?") || name.equals("host-nodes") || name.equals("size")) {
      return JsonString.of(text);
    }
    OptionalLong number = Numbers.integer(text);
    if (number.isEmpty()) {
      boolean unsigned = type.startsWith("u") || name.equals("prealloc-threads");
      throw Refusals.expects(name, unsigned ? "uint64" : "int64");
    }
    return JsonNumber.of(number.getAsLong());
  }
}
