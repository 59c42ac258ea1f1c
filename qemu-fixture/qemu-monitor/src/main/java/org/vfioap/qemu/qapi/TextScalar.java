package org.vfioap.qemu.qapi;

import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.scalar.Numbers;
import org.vfioap.qemu.scalar.Switches;

/**
 * Checks a scalar that the command line gives as a text. Source: the keyval part of
 * qapi/qobject-input-visitor.c of QEMU 7.2.
 */
public final class TextScalar {
  private TextScalar() {}

  /**
   * Checks a value.
   *
   * @param jsonType what the text must stand for: {@code string}, {@code number}, {@code boolean},
   *     or an integer of {@link IntegerTypes}
   * @throws QemuError if it is no text or does not stand for that
   */
  public static void check(String jsonType, JsonValue value, String path) throws QemuError {
    if (!(value instanceof JsonString string)) {
      throw QemuError.generic("Parameters '" + path + ".*' are unexpected");
    }
    String text = string.text();
    if (IntegerTypes.contains(jsonType) && Numbers.integer(text).isEmpty()) {
      throw Refusals.expects(path, "integer");
    }
    switch (jsonType) {
      case "boolean" -> {
        if (!Switches.isSwitch(text)) {
          throw Refusals.expects(path, "'on' or 'off'");
        }
      }
      case "number" -> {
        if (Numbers.size(text, 1).isEmpty()) {
          throw Refusals.expects(path, "number");
        }
      }
      default -> {}
    }
  }
}
