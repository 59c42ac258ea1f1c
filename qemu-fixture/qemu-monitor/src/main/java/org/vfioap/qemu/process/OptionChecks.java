package org.vfioap.qemu.process;

import java.util.Map;
import java.util.Set;
import org.vfioap.qemu.options.OptionString;

/** Options that mean nothing here but whose values QEMU checks. Source: measured with QEMU 7.2. */
final class OptionChecks {
  private static final Set<String> SWITCHES = Set.of("on", "off", "yes", "no", "true", "false");
  private static final Set<String> DISPLAYS =
      Set.of("none", "gtk", "sdl", "egl-headless", "curses", "spice-app", "dbus", "default", "vnc");
  private static final Map<String, Set<String>> ACTIONS =
      Map.of(
          "reboot", Set.of("reset", "shutdown"),
          "shutdown", Set.of("poweroff", "pause"),
          "panic", Set.of("pause", "shutdown", "exit-failure", "none"),
          "watchdog",
              Set.of("reset", "shutdown", "poweroff", "pause", "debug", "none", "inject-nmi"));

  private final CommandLine line;

  OptionChecks(CommandLine line) {
    this.line = line;
  }

  void check() throws Exit {
    for (CommandLine.Option option : line.options()) {
      switch (option.name()) {
        case "display" -> display(option);
        case "sandbox" -> sandbox(option);
        case "overcommit" -> keys(option, Set.of("mem-lock", "cpu-pm"));
        case "action" -> action(option);
        case "vga" -> vga(option);
        case "drive" -> drive(option);
        case "rtc" -> keys(option, Set.of("base", "clock", "driftfix"));
        case "incoming" -> incoming(option);
        default -> {}
      }
    }
    if (line.has("append") && !line.has("kernel")) {
      throw line.failure("-append only allowed with -kernel option\n");
    }
  }

  private Exit failure(CommandLine.Option option, String text) {
    return line.failure(option.location() + ": " + text + "\n");
  }

  private void display(CommandLine.Option option) throws Exit {
    String type = option.value().split(",", 2)[0];
    if (!DISPLAYS.contains(type.split("=", 2)[0])) {
      throw failure(option, "Parameter 'type' does not accept value '" + type + "'");
    }
  }

  private void sandbox(CommandLine.Option option) throws Exit {
    String enable = OptionString.parse(option.value(), "enable").get("enable").orElse("on");
    if (!SWITCHES.contains(enable)) {
      throw failure(option, "Parameter 'enable' expects 'on' or 'off'");
    }
  }

  private void keys(CommandLine.Option option, Set<String> allowed) throws Exit {
    for (String key : OptionString.parse(option.value(), "").values().keySet()) {
      if (!allowed.contains(key)) {
        throw failure(option, "Invalid parameter '" + key + "'");
      }
    }
  }

  private void action(CommandLine.Option option) throws Exit {
    keys(option, ACTIONS.keySet());
    for (Map.Entry<String, String> each :
        OptionString.parse(option.value(), "").values().entrySet()) {
      if (!ACTIONS.getOrDefault(each.getKey(), Set.of()).contains(each.getValue())) {
        throw failure(
            option,
            "Parameter '" + each.getKey() + "' does not accept value '" + each.getValue() + "'");
      }
    }
  }

  private void vga(CommandLine.Option option) throws Exit {
    if (!Set.of("none", "std", "virtio", "cirrus", "qxl").contains(option.value())) {
      throw line.failure("unknown vga type: " + option.value() + "\n");
    }
  }

  private void drive(CommandLine.Option option) throws Exit {
    OptionString options = OptionString.parse(option.value(), "file");
    String file = options.get("file").orElse("");
    if (!file.isEmpty() && !java.nio.file.Files.exists(java.nio.file.Path.of(file))) {
      throw failure(option, "Could not open '" + file + "': No such file or directory");
    }
  }

  private void incoming(CommandLine.Option option) throws Exit {
    if (!option.value().matches("defer|(tcp|unix|fd|exec|rdma|vsock):.*")) {
      throw failure(option, "unknown migration protocol: " + option.value());
    }
  }
}
