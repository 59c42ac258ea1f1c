package org.vfioap.cli.running;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.util.List;
import org.vfioap.cli.message.UserError;
import org.vfioap.place.RunningMachine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the machines that run. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    header = "Lists the running machines of this user.",
    footer = {
      "",
      "Examples:",
      "  vfioap list",
      "  vfioap list -q                               names alone, one a line",
      "  vfioap list --json | jq -r '.[].control'     for programs; see docs/json.md"
    })
public final class ListCommand implements Runnable {
  private static final String ROW = "%-20s %-9s %8s  %-20s  %s%n";

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Only these machines.")
  private List<String> names = List.of();

  @Option(names = "--json", description = "Prints a JSON array, an object for each machine.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Prints the names alone.")
  private boolean quiet;

  /** For {@code run --json}. */
  @Option(names = "--object", hidden = true)
  private boolean object;

  @Override
  public void run() {
    if (json && quiet) {
      throw new UserError("--json and -q exclude each other");
    }
    PrintWriter out = spec.commandLine().getOut();
    List<RunningMachine> machines =
        names.isEmpty() ? RunningMachine.all() : names.stream().map(ChosenMachine::find).toList();
    if (object) {
      machines.forEach(machine -> out.println(MachineObject.of(machine)));
    } else if (json) {
      ArrayNode array = new ObjectMapper().createArrayNode();
      machines.forEach(machine -> array.add(MachineObject.of(machine)));
      out.println(array);
    } else if (quiet) {
      machines.forEach(machine -> out.println(machine.name()));
    } else {
      print(machines, out);
    }
    out.flush();
  }

  private void print(List<RunningMachine> machines, PrintWriter out) {
    if (machines.isEmpty()) {
      spec.commandLine().getErr().println("no machine is running; start one with: vfioap run z16");
      return;
    }
    out.printf(ROW, "NAME", "STATE", "PID", "SINCE", "MACHINE");
    for (RunningMachine each : machines) {
      String since = MachineObject.since(each);
      out.printf(ROW, each.name(), MachineObject.state(each), each.pid(), since, each.source());
    }
  }
}
