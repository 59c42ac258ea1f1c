package org.vfioap.cli.booting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.UserError;
import org.vfioap.machine.Machine;
import org.vfioap.place.RunningMachine;
import org.vfioap.plugin.RealQemu;
import org.vfioap.plugin.RealQemuException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Boots a real Linux on the hardware of a machine. */
@Command(
    name = "boot",
    mixinStandardHelpOptions = true,
    header = "Boots an unmodified Linux, in a real QEMU, on the hardware of a machine.",
    customSynopsis =
        "vfioap boot MACHINE [--kernel FILE] [--initrd FILE] [--append TEXT] [--name NAME]"
            + " [-- QEMU OPTIONS...]",
    description = {
      "The kernel of MACHINE is the real one: its own AP bus finds the adapters, and its own drivers"
          + " send them requests. Masks, mdevs, guests and files of the machine file are not"
          + " applied. QEMU has no AP instructions of its own; a plugin hands them to this program.",
      "",
      "The console is the terminal; Ctrl-A x ends the machine. With --name it runs in the background"
          + " until 'vfioap stop', and its console is a file whose name is printed."
    },
    footer = {
      "",
      "Examples:",
      "  vfioap fetch-linux                        once: a QEMU and a Linux",
      "  vfioap boot document                      then, in it: lszcrypt; rsa",
      "  vfioap boot z16 --kernel vmlinuz --initrd initrd -- -m 2G -smp 2",
      "  vfioap boot z16 --name lab                in the background",
      "  vfioap hw lab adapter 5 add               while it runs"
    })
public final class BootCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MACHINE",
      description = "A machine file or a preset (see 'vfioap machine list').")
  private String machine;

  @Option(
      names = "--kernel",
      paramLabel = "FILE",
      description = "A Linux for s390x. Default: what 'vfioap fetch-linux' fetched.")
  private @Nullable Path kernel;

  @Option(names = "--initrd", paramLabel = "FILE", description = "Its initial RAM disk.")
  private @Nullable Path initrd;

  @Option(
      names = "--append",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "More for the kernel's command line.")
  private String append;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Runs it in the background; what commands call it, and its host name.")
  private @Nullable String name;

  @Option(names = "--in-background", hidden = true)
  private boolean inBackground;

  @Parameters(index = "1..*", hidden = true)
  private List<String> options = List.of();

  @Override
  public Integer call() throws InterruptedException {
    Machine description = Machine.find(machine);
    try {
      BootOrder order = order(RealQemu.find(System.getenv()));
      if (name != null && !inBackground) {
        return Background.start(order, spec.commandLine().getOut(), arguments());
      }
      return BootedLinux.run(order, description.hardware());
    } catch (RealQemuException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UserError("cannot boot " + machine + ": " + e.getMessage());
    }
  }

  private BootOrder order(RealQemu qemu) {
    Path fetched = RealQemu.folder(System.getenv()).resolve("testing");
    Path image = kernel == null ? fetched.resolve("vmlinuz") : kernel;
    Path disk = kernel == null && initrd == null ? fetched.resolve("initrd") : initrd;
    if (kernel == null && !Files.exists(image)) {
      throw new UserError(
          "no kernel was fetched yet: run 'vfioap fetch-linux' once, or name one by --kernel FILE");
    }
    requireFile("--kernel", image);
    if (disk != null) {
      requireFile("--initrd", disk);
    }
    return new BootOrder(qemu, machine, checkedName(), image, disk, append, options, inBackground);
  }

  private static void requireFile(String option, Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new UserError(option + " " + file + " is not a file that can be read");
    }
  }

  private String checkedName() {
    String chosen = name == null ? freeName() : name;
    if (!chosen.matches("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")) {
      throw new UserError(
          "'" + chosen + "' cannot be a name; allowed: 1 to 63 letters, digits and hyphens within");
    }
    if (RunningMachine.find(chosen).isPresent()) {
      throw new UserError(
          "a machine called '"
              + chosen
              + "' is running; choose another --name, or: vfioap stop "
              + chosen);
    }
    return chosen;
  }

  /** Returns the name of the preset or file, with a number behind it if that is taken. */
  private String freeName() {
    String base =
        Path.of(machine)
            .getFileName()
            .toString()
            .replaceFirst("\\.ya?ml$", "")
            .replaceAll("[^A-Za-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    String chosen = base.isEmpty() ? "machine" : base;
    for (int number = 2; RunningMachine.find(chosen).isPresent(); number++) {
      chosen = base + "-" + number;
    }
    return chosen;
  }

  private List<String> arguments() {
    return spec.commandLine().getParseResult().originalArgs();
  }
}
