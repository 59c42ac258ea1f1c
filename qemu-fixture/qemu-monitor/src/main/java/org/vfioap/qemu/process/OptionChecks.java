package org.vfioap.qemu.process;

import java.util.Map;
import java.util.Set;
import org.vfioap.qemu.options.OptionString;

/** Options that mean nothing here but whose values QEMU checks. Source: measured with QEMU 7.2. */
final class OptionChecks {
  private static final String DATE = "\\d+-\\d+-\\d+(T\\d+:\\d+:\\d+)?";
  private static final Map<String, Set<String>> SANDBOX =
      Map.of(
          "obsolete", Set.of("allow", "deny"),
          "elevateprivileges", Set.of("allow", "deny", "children"),
          "spawn", Set.of("allow", "deny"),
          "resourcecontrol", Set.of("allow", "deny"));
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
        case "msg", "overcommit" -> known(option, "");
        case "mon" -> mon(option);
        case "chardev" -> known(option, "backend");
        case "action" -> action(option);
        case "vga" -> vga(option);
        case "drive" -> drive(option);
        case "rtc" -> rtc(option);
        case "boot" -> new BootOption(line).check(option.value());
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
    OptionString options = known(option, "enable");
    for (Map.Entry<String, String> each : options.values().entrySet()) {
      Set<String> allowed = SANDBOX.getOrDefault(each.getKey(), Set.of(each.getValue()));
      if (options.isOn("enable", false) && !allowed.contains(each.getValue())) {
        throw failure(option, "invalid argument for " + each.getKey());
      }
    }
  }

  /** Returns the values of an option whose keys are all known. */
  private OptionString known(CommandLine.Option option, String impliedKey) throws Exit {
    OptionString options = OptionString.parse(option.value(), impliedKey);
    new OptionKeys(line).check(option, option.name(), options);
    return options;
  }

  private void mon(CommandLine.Option option) throws Exit {
    OptionString options = known(option, "chardev");
    if (options.get("chardev").isEmpty()) {
      throw failure(option, "Parameter 'chardev' is missing");
    }
  }

  private void rtc(CommandLine.Option option) throws Exit {
    OptionString options = known(option, "");
    String base = options.get("base").orElse("utc");
    if (!Set.of("utc", "localtime").contains(base) && !base.matches(DATE)) {
      throw line.failure(
          "invalid datetime format\nvalid formats: '2006-06-17T16:01:21' or '2006-06-17'\n");
    }
    String clock = options.get("clock").orElse("host");
    String drift = options.get("driftfix").orElse("none");
    if (!Set.of("host", "rt", "vm").contains(clock)) {
      throw line.failure("invalid option value '" + clock + "'\n");
    }
    if (!Set.of("slew", "none").contains(drift)) {
      throw line.failure("invalid option value '" + drift + "'\n");
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
