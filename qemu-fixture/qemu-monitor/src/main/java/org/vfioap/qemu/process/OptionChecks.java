package org.vfioap.qemu.process;

import java.util.Map;
import java.util.Optional;
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

  /** Does what comes before the process may go to the background. */
  void check() throws Exit {
    for (CommandLine.Option option : line.all("sandbox")) {
      sandbox(option);
    }
    action();
    if (line.has("d") || line.has("D")) {
      new LogOptions(line).check();
    }
  }

  private Exit failure(CommandLine.Option option, String text) {
    return line.failure(option.location() + ": " + text + "\n");
  }

  private void sandbox(CommandLine.Option option) throws Exit {
    OptionString options = OptionString.parse(option.value(), "enable");
    for (Map.Entry<String, String> each : options.values().entrySet()) {
      Set<String> allowed = SANDBOX.getOrDefault(each.getKey(), Set.of(each.getValue()));
      if (options.isOn("enable", false) && !allowed.contains(each.getValue())) {
        throw failure(option, "invalid argument for " + each.getKey());
      }
    }
  }

  /** Source: softmmu/rtc.c of QEMU 7.2. */
  void rtc() throws Exit {
    OptionString options = merged("rtc", "");
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

  /** Returns the values of all options of a name, the last of each key. */
  private OptionString merged(String name, String impliedKey) {
    return OptionString.parse(String.join(",", line.values(name)), impliedKey);
  }

  private void action() throws Exit {
    for (CommandLine.Option option : line.all("action")) {
      for (OptionString.Entry each : OptionString.parse(option.value(), "").entries()) {
        if (!ACTIONS.getOrDefault(each.key(), Set.of()).contains(each.value())) {
          String what = "Parameter '" + each.key() + "' does not accept value '" + each.value();
          throw failure(option, what + "'");
        }
      }
    }
    for (String value : line.values("watchdog-action")) {
      if (!ACTIONS.getOrDefault("watchdog", Set.of()).contains(value)) {
        throw line.failure(
            "-watchdog-action "
                + value
                + ": Parameter 'watchdog' does not accept value '"
                + value
                + "'\n");
      }
    }
  }

  /** Source: softmmu/vl.c (select_vgahw) of QEMU 7.2. */
  void vga() throws Exit {
    Optional<String> type = line.last("vga");
    if (type.isEmpty() || type.get().equals("none")) {
      return;
    }
    switch (type.get()) {
      case "help", "?" ->
          throw Exit.printing(HelpTexts.text("-vga help"))
              .withErrors(HelpTexts.text("-vga help complains"));
      case "std" -> throw line.failure("standard VGA not available\n");
      case "cirrus" -> throw line.failure("Cirrus VGA not available\n");
      case "virtio" -> throw module("Virtio VGA");
      case "qxl" -> throw module("QXL VGA");
      default -> throw line.failure("unknown vga type: " + type.get() + "\n");
    }
  }

  /**
   * Looking for a card that is part of a module that is not installed is complained about first.
   */
  private Exit module(String card) {
    return Exit.failing(
        line.failure("type is NULL\n").err() + line.failure(card + " not available\n").err());
  }
}
