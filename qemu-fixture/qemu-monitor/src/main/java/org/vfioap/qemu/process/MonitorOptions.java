package org.vfioap.qemu.process;

import java.util.ArrayList;
import java.util.List;
import org.vfioap.qemu.options.OptionString;

/**
 * The options that put monitors on character devices. Source: softmmu/vl.c and monitor/monitor.c of
 * QEMU 7.2.
 */
final class MonitorOptions {
  private final CommandLine line;
  private final Chardevs chardevs;

  MonitorOptions(CommandLine line, Chardevs chardevs) {
    this.line = line;
    this.chardevs = chardevs;
  }

  List<Monitors.Wish> read() throws Exit {
    List<Monitors.Wish> wishes = new ArrayList<>();
    for (CommandLine.Option option : line.options()) {
      switch (option.name()) {
        case "qmp", "qmp-pretty" -> {
          boolean pretty = option.name().equals("qmp-pretty");
          wishes.add(new Monitors.Wish(chardevs.ofMonitor(option), false, pretty));
        }
        case "monitor" -> {
          if (!option.value().startsWith("none")) {
            wishes.add(new Monitors.Wish(chardevs.ofMonitor(option), true, false));
          }
        }
        case "mon" -> wishes.add(monitor(option));
        default -> {}
      }
    }
    return wishes;
  }

  private Monitors.Wish monitor(CommandLine.Option option) throws Exit {
    OptionString options = OptionString.parse(option.value(), "chardev");
    if (options.get("chardev").isEmpty()) {
      throw failure(option, "Parameter 'chardev' is missing");
    }
    String mode = options.get("mode").orElse("readline");
    if (!mode.equals("readline") && !mode.equals("control")) {
      throw failure(option, "Parameter 'mode' does not accept value '" + mode + "'");
    }
    boolean pretty = options.isOn("pretty", false);
    if (mode.equals("readline") && pretty) {
      throw failure(option, "'pretty' is not compatible with HMP monitors");
    }
    Chardev chardev = chardevs.find(options.get("chardev").get(), option);
    return new Monitors.Wish(chardev, mode.equals("readline"), pretty);
  }

  private Exit failure(CommandLine.Option option, String text) {
    return line.failure(option.location() + ": " + text + "\n");
  }
}
