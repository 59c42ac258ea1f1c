package org.vfioap.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.vfioap.machine.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    throw new ParameterException(
        spec.commandLine(), "missing command: show, list, profiles or record");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "Prints a machine complete: every key, with the defaults filled in.")
  void show(
      @Parameters(paramLabel = "FILE|PRESET", description = "A machine file or a preset.")
          String machine,
      @Option(
              names = "--json",
              description = "Prints JSON instead of YAML, with the same keys; see docs/json.md.")
          boolean json) {
    String yaml = Machine.find(machine).toYaml();
    print(json ? MachineKeys.of(yaml) + "\n" : yaml);
  }

  @Command(name = "list", mixinStandardHelpOptions = true, header = "Lists the presets.")
  void list(
      @Option(
              names = "--json",
              description = "Prints a JSON array, an object for each preset; see docs/json.md.")
          boolean json) {
    if (!json) {
      print(String.join("\n", Machine.presets()) + "\n");
      return;
    }
    ArrayNode array = new ObjectMapper().createArrayNode();
    for (String preset : Machine.presets()) {
      Machine machine = Machine.preset(preset);
      array
          .addObject()
          .put("name", preset)
          .put("profile", machine.profile().toString())
          .put("adapters", machine.hardware().configuration().adapters().size())
          .put("domains", machine.hardware().configuration().domains().size());
    }
    print(array + "\n");
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
