package org.vfioap.qemu.process;

import java.util.List;
import java.util.Set;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qapi.TextScalar;

/**
 * The machine's property {@code boot}. Source: hw/core/machine.c and softmmu/bootdevice.c of QEMU
 * 7.2.
 */
final class BootOption {
  private static final List<String> NAMES =
      List.of("order", "once", "menu", "splash", "splash-time", "reboot-timeout", "strict");
  private static final Set<String> NUMBERS = Set.of("splash-time", "reboot-timeout");
  private static final Set<String> SWITCHES = Set.of("menu", "strict");

  private final JsonObject members;

  BootOption(JsonObject members) {
    this.members = members;
  }

  void check() throws QemuError {
    for (String name : NAMES) {
      if (members.has(name)) {
        checkType(name);
      }
    }
    for (String name : members.members().keySet()) {
      if (!NAMES.contains(name)) {
        throw Refusals.unexpected("boot." + name);
      }
    }
    checkDevices(members.text("order").orElse(""));
    checkDevices(members.text("once").orElse(""));
  }

  private void checkType(String name) throws QemuError {
    String type = SWITCHES.contains(name) ? "boolean" : NUMBERS.contains(name) ? "int" : "string";
    TextScalar.check(type, members.get(name).orElseThrow(), "boot." + name);
  }

  private static void checkDevices(String devices) throws QemuError {
    for (int i = 0; i < devices.length(); i++) {
      char device = devices.charAt(i);
      if (device < 'a' || device > 'p') {
        throw QemuError.generic("Invalid boot device '" + device + "'");
      }
      if (devices.indexOf(device) < i) {
        throw QemuError.generic("Boot device '" + device + "' was given twice");
      }
    }
  }
}
