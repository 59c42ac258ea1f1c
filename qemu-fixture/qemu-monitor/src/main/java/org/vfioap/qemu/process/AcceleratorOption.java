package org.vfioap.qemu.process;

import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.cpu.Accelerator;
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
      String name = OptionString.parse(first.value(), "accel").get("accel").orElse("");
      return only(name, first.location() + ": ");
    }
    if (line.has("enable-kvm")) {
      return only("kvm", "");
    }
    return firstOf(machine.accelerators().orElse("tcg"));
  }

  private Accelerator only(String name, String location) throws Exit {
    Optional<Accelerator> found = named(name);
    if (found.isEmpty()) {
      throw line.failure(location + "invalid accelerator " + name + "\n");
    }
    return found.get();
  }

  private Accelerator firstOf(String list) throws Exit {
    boolean failed = false;
    for (String name : list.split(":", -1)) {
      Optional<Accelerator> found = named(name);
      if (found.isPresent()) {
        if (failed) {
          console.report("falling back to " + name + "\n");
        }
        return found.get();
      }
      failed = true;
      console.report("invalid accelerator " + name + "\n");
    }
    throw Exit.failing("");
  }

  private Optional<Accelerator> named(String name) {
    return switch (name) {
      case "tcg" -> Optional.of(host.tcg());
      case "kvm" -> host.kvm();
      default -> Optional.empty();
    };
  }
}
