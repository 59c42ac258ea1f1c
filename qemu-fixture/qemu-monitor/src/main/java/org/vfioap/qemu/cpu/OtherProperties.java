package org.vfioap.qemu.cpu;

import java.util.Map;
import java.util.OptionalLong;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.scalar.Numbers;
import org.vfioap.qemu.scalar.Switches;

/** The properties of a CPU that say nothing about its model; a model description may set them. */
final class OtherProperties {
  /** The types by name. */
  static final Map<String, String> TYPES =
      Map.of(
          "core-id", "uint32",
          "memory", "link<memory-region>",
          "realized", "bool",
          "start-powered-off", "bool");

  private OtherProperties() {}

  /** Checks a value that is written as text. */
  static void checkText(String name, String type, String value) throws QemuError {
    switch (type) {
      case "bool" -> {
        if (!Switches.isSwitch(value)) {
          throw Refusals.expects(name, "'on' or 'off'");
        }
      }
      case "uint32" -> {
        OptionalLong number = Numbers.integer(value);
        if (number.isEmpty()) {
          throw Refusals.expects(name, "uint64");
        }
        if (number.getAsLong() < 0 || number.getAsLong() > 0xFFFF_FFFFL) {
          throw Refusals.expects(name, "uint32_t");
        }
      }
      default -> throw QemuError.deviceNotFound(value);
    }
  }
}
