package org.vfioap.qemu.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.cpu.Accelerator;
import org.vfioap.qemu.options.Numbers;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.vfio.VfioHost;

/** Chooses the accelerator. Source: softmmu/vl.c (configure_accelerators) of QEMU 7.2. */
final class AcceleratorOption {
  private final CommandLine line;
  private final VfioHost host;
  private final Console console;

  AcceleratorOption(CommandLine line, VfioHost host, Console console) {
    this.line = line;
    this.host = host;
    this.console = console;
  }

  Accelerator choose(MachineOption machine) throws Exit {
    List<CommandLine.Option> options = line.all("accel");
    if (!options.isEmpty()) {
      CommandLine.Option first = options.get(0);
      OptionString properties = OptionString.parse(first.value(), "accel");
      Accelerator found = only(properties.get("accel").orElse(""), first.location() + ": ");
      if (!found.isKvm()) {
        checkTcg(first.location() + ": ", properties);
      }
      return found;
    }
    if (line.has("enable-kvm")) {
      return only("kvm", "");
    }
    return firstOf(machine.accelerators().orElse("tcg"));
  }

  /** Source: accel/tcg/tcg-all.c of QEMU 7.2. */
  private void checkTcg(String location, OptionString properties) throws Exit {
    for (Map.Entry<String, String> each : properties.values().entrySet()) {
      String value = each.getValue();
      switch (each.getKey()) {
        case "accel" -> {}
        case "thread" -> {
          if (!value.equals("single") && !value.equals("multi")) {
            throw line.failure(location + "Invalid 'thread' setting " + value + "\n");
          }
        }
        case "tb-size" -> {
          if (Numbers.integer(value).isEmpty()) {
            throw line.failure(location + "Parameter 'tb-size' expects uint64\n");
          }
        }
        case "split-wx" -> {
          if (!OptionKeys.isSwitch(value)) {
            throw line.failure(location + "Parameter 'split-wx' expects 'on' or 'off'\n");
          }
        }
        default ->
            throw line.failure(location + "Property 'tcg-accel." + each.getKey() + "' not found\n");
      }
    }
  }

  private Accelerator only(String name, String location) throws Exit {
    Optional<Accelerator> found = named(name);
    if (found.isEmpty()) {
      throw line.failure(location + "invalid accelerator " + name + "\n");
    }
    return found.get();
  }

  private Accelerator firstOf(String list) throws Exit {
    String first = "";
    boolean failed = false;
    for (String name : list.split(":", -1)) {
      if (named(name).isEmpty()) {
        failed = true;
        console.report("invalid accelerator " + name + "\n");
      } else if (first.isEmpty()) {
        first = name;
      }
    }
    Optional<Accelerator> found = named(first);
    if (found.isEmpty()) {
      throw Exit.failing("");
    }
    if (failed) {
      console.report("falling back to " + first + "\n");
    }
    return found.get();
  }

  private Optional<Accelerator> named(String name) {
    return switch (name) {
      case "tcg" -> Optional.of(host.tcg());
      case "kvm" -> host.kvm();
      default -> Optional.empty();
    };
  }
}
