package org.vfioap.qemu.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.cpu.Accelerator;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.scalar.Numbers;
import org.vfioap.qemu.scalar.Switches;
import org.vfioap.qemu.vfio.VfioHost;

/** Chooses the accelerator. Source: softmmu/vl.c (configure_accelerators) of QEMU 7.2. */
final class AcceleratorOption {
  private final CommandLine line;
  private final VfioHost host;
  private final Console console;
  private boolean failed;

  AcceleratorOption(CommandLine line, VfioHost host, Console console) {
    this.line = line;
    this.host = host;
    this.console = console;
  }

  /**
   * Takes the first of the wanted accelerators that works.
   *
   * @param legacy what {@code -machine accel=} or {@code -enable-kvm} wants
   */
  Accelerator choose(Optional<String> legacy) throws Exit {
    List<CommandLine.Option> options = line.all("accel");
    if (!options.isEmpty() && legacy.isPresent()) {
      throw line.failure("The -accel and \"-machine accel=\" options are incompatible\n");
    }
    if (options.isEmpty()) {
      options = wanted(legacy.orElse("tcg"));
    }
    for (CommandLine.Option option : options) {
      Optional<Accelerator> found = start(option);
      if (found.isPresent()) {
        if (failed) {
          console.report("falling back to " + (found.get().isKvm() ? "KVM" : "tcg") + "\n");
        }
        return found.get();
      }
    }
    throw failed ? Exit.failing("") : line.failure("no accelerator found\n");
  }

  /** Returns those of a list that exist, as if {@code -accel} had named them. */
  private List<CommandLine.Option> wanted(String list) {
    List<CommandLine.Option> options = new ArrayList<>();
    for (String name : list.isEmpty() ? new String[0] : list.split(":", -1)) {
      if (named(name).isPresent()) {
        options.add(new CommandLine.Option("accel", name, ""));
      } else {
        failed = true;
        console.report("invalid accelerator " + name + "\n");
      }
    }
    return options;
  }

  private Optional<Accelerator> start(CommandLine.Option option) throws Exit {
    OptionString properties = OptionString.parse(option.value(), "accel");
    String location = option.location().isEmpty() ? "" : option.location() + ": ";
    String name = properties.get("accel").orElse("");
    Optional<Accelerator> found = named(name);
    if (found.isEmpty()) {
      failed = true;
      console.report(location + "invalid accelerator " + name + "\n");
    } else if (!found.get().isKvm()) {
      checkTcg(location, properties);
    }
    return found;
  }

  /** Source: accel/tcg/tcg-all.c of QEMU 7.2. */
  private void checkTcg(String location, OptionString properties) throws Exit {
    for (OptionString.Entry each : properties.entries()) {
      String refusal =
          switch (each.key()) {
            case "accel" -> "";
            case "thread" -> checkThread(each.value());
            case "tb-size" -> checkSize(each.value());
            case "split-wx" ->
                Switches.isSwitch(each.value()) ? "" : "Parameter 'split-wx' expects 'on' or 'off'";
            default -> "Property 'tcg-accel." + each.key() + "' not found";
          };
      if (!refusal.isEmpty()) {
        throw line.failure(location + refusal + "\n");
      }
    }
  }

  private static String checkThread(String value) {
    return value.equals("single") || value.equals("multi")
        ? ""
        : "Invalid 'thread' setting " + value;
  }

  private static String checkSize(String value) {
    var number = Numbers.integer(value);
    if (number.isEmpty()) {
      return "Parameter 'tb-size' expects uint64";
    }
    boolean fits = number.getAsLong() >= 0 && number.getAsLong() <= 0xFFFF_FFFFL;
    return fits ? "" : "Parameter 'tb-size' expects uint32_t";
  }

  private Optional<Accelerator> named(String name) {
    return switch (name) {
      case "tcg" -> Optional.of(host.tcg());
      case "kvm" -> host.kvm();
      default -> Optional.empty();
    };
  }
}
