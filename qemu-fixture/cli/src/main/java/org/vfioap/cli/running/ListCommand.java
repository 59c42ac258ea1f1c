package org.vfioap.cli.running;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.vfioap.place.RunningMachine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the machines that run. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    header = "Lists the running machines of this user.")
public final class ListCommand implements Runnable {
  private static final String ROW = "%-20s %-9s %8s  %-20s  %s%n";

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Prints a JSON array, a machine an object.")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    List<RunningMachine> machines = RunningMachine.all();
    if (json) {
      out.println(array(machines));
    } else if (machines.isEmpty()) {
      spec.commandLine().getErr().println("no machine is running; start one with: vfioap run z16");
    } else {
      out.printf(ROW, "NAME", "STATE", "PID", "SINCE", "MACHINE");
      machines.forEach(m -> out.printf(ROW, m.name(), state(m), m.pid(), since(m), m.source()));
    }
    out.flush();
  }

  private static String state(RunningMachine machine) {
    return machine.isReady() ? "running" : "starting";
  }

  private static String since(RunningMachine machine) {
    return machine
        .since()
        .map(time -> time.truncatedTo(ChronoUnit.SECONDS))
        .map(Instant::toString)
        .orElse("");
  }

  private static ArrayNode array(List<RunningMachine> machines) {
    ArrayNode array = new ObjectMapper().createArrayNode();
    for (RunningMachine machine : machines) {
      array
          .addObject()
          .put("name", machine.name())
          .put("state", state(machine))
          .put("pid", machine.pid())
          .put("since", since(machine))
          .put("machine", machine.source());
    }
    return array;
  }
}
