package org.vfioap.qemu.process;

import java.util.Map;
import java.util.Set;
import org.vfioap.qemu.options.Numbers;
import org.vfioap.qemu.options.OptionString;

/** The {@code -boot} option. Source: hw/core/machine.c and softmmu/bootdevice.c of QEMU 7.2. */
final class BootOption {
  private static final Set<String> TEXTS = Set.of("order", "once", "splash");
  private static final Set<String> NUMBERS = Set.of("splash-time", "reboot-timeout");
  private static final Set<String> SWITCHES = Set.of("menu", "strict");

  private final CommandLine line;

  BootOption(CommandLine line) {
    this.line = line;
  }

  void check(String value) throws Exit {
    OptionString options = OptionString.parse(value, "order");
    for (Map.Entry<String, String> each : options.values().entrySet()) {
      checkType(each.getKey(), each.getValue());
    }
    for (String key : options.values().keySet()) {
      if (!TEXTS.contains(key) && !NUMBERS.contains(key) && !SWITCHES.contains(key)) {
        throw line.failure("Parameter 'boot." + key + "' is unexpected\n");
      }
    }
    checkDevices(options.get("order").orElse(""));
    checkDevices(options.get("once").orElse(""));
  }

  private void checkType(String key, String value) throws Exit {
    if (SWITCHES.contains(key) && !OptionKeys.isSwitch(value)) {
      throw line.failure("Parameter 'boot." + key + "' expects 'on' or 'off'\n");
    }
    if (NUMBERS.contains(key) && Numbers.integer(value).isEmpty()) {
      throw line.failure("Parameter 'boot." + key + "' expects integer\n");
    }
  }

  private void checkDevices(String devices) throws Exit {
    for (int i = 0; i < devices.length(); i++) {
      char device = devices.charAt(i);
      if (device < 'a' || device > 'p') {
        throw line.failure("Invalid boot device '" + device + "'\n");
      }
      if (devices.indexOf(device) < i) {
        throw line.failure("Boot device '" + device + "' was given twice\n");
      }
    }
  }
}
