package org.vfioap.qemu.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.json.JsonBool;
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

  /** Reads the options, and takes those of {@code objects} that are monitors. */
  List<Monitors.Wish> read(List<UserObject> objects) throws Exit {
    List<Monitors.Wish> wishes = new ArrayList<>();
    for (UserObject object : objects) {
      if (object.isMonitor()) {
        wishes.add(monitor(object));
      }
    }
    for (CommandLine.Option option : line.options()) {
      switch (option.name()) {
        case "qmp", "qmp-pretty" -> {
          boolean pretty = option.name().equals("qmp-pretty");
          wishes.add(wish(chardevs.ofMonitor(option), false, pretty));
        }
        case "monitor" -> {
          if (!option.value().startsWith("none")) {
            wishes.add(wish(chardevs.ofMonitor(option), true, false));
          }
        }
        case "mon" -> wishes.add(monitor(option, wishes));
        default -> {}
      }
    }
    return wishes;
  }

  private static Monitors.Wish wish(Chardev chardev, boolean human, boolean pretty) {
    return new Monitors.Wish(chardev.label(), chardev, human, pretty);
  }

  /** Source: monitor/monitor.c of QEMU 11.1, measured. */
  private Monitors.Wish monitor(UserObject object) throws Exit {
    String id = object.members().text("chardev").orElse("");
    Chardev chardev =
        chardevs.find(id).orElseThrow(() -> line.failure("chardev \"" + id + "\" not found\n"));
    boolean pretty = object.members().get("pretty").equals(Optional.of(JsonBool.TRUE));
    String name = object.members().text("id").orElse("");
    return new Monitors.Wish(name, chardev, object.type().equals("monitor-hmp"), pretty);
  }

  private Monitors.Wish monitor(CommandLine.Option option, List<Monitors.Wish> before) throws Exit {
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
    String name = options.id().orElse("compat_monitor" + count(before));
    return new Monitors.Wish(name, chardev, mode.equals("readline"), pretty);
  }

  /** Counts the monitors so far whose names QEMU chooses, and those whose turn comes first. */
  private long count(List<Monitors.Wish> before) {
    long others = line.all("qmp").size() + (long) line.all("qmp-pretty").size();
    others += line.all("monitor").stream().filter(each -> !each.value().startsWith("none")).count();
    return others
        + before.stream()
            .filter(each -> each.name().startsWith("compat_"))
            .filter(each -> !each.name().equals(each.chardev().label()))
            .count();
  }

  private Exit failure(CommandLine.Option option, String text) {
    return line.failure(option.location() + ": " + text + "\n");
  }
}
