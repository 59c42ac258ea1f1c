package org.vfioap.cli;

import org.vfioap.machine.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows machine files and presets. */
@Command(
    name = "machine",
    mixinStandardHelpOptions = true,
    header = "Shows what a machine file or preset describes, and records real hosts.",
    subcommands = MachineRecordCommand.class)
final class MachineCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(), "missing command: show, list, profiles or record");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "Prints a machine complete: every key, with the defaults filled in.")
  void show(
      @Parameters(paramLabel = "FILE|PRESET", description = "A machine file or a preset.")
          String machine) {
    print(Machine.find(machine).toYaml());
  }

  @Command(name = "list", mixinStandardHelpOptions = true, header = "Lists the presets.")
  void list() {
    print(String.join("\n", Machine.presets()) + "\n");
  }

  @Command(
      name = "profiles",
      mixinStandardHelpOptions = true,
      header = "Lists the kernel profiles, and what changes from each to the next.")
  void profiles() {
    print(ProfileList.text());
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }
}
