package org.vfioap.cli.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.vfioap.place.RunningMachine;
import org.vfioap.place.ThisGuest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the guests that run on a machine. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    header = "Lists the guests of a running machine.",
    description =
        "PID is the number of the guest's QEMU inside the machine; APQNS are the queues that the"
            + " guest can use at this moment. A guest in a guest is listed as GUEST/GUEST. In a"
            + " guest, its own guests are listed.")
public final class GuestListCommand implements Runnable {
  private static final String ROW = "%-20s %6s  %-20s  %-36s  %s%n";

  private final ObjectMapper mapper = new ObjectMapper();

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = ChosenMachine.NAME)
  private @Nullable String name;

  @Option(names = "--json", description = "Prints a JSON array, a guest an object.")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (name == null && ThisGuest.isHere()) {
      List<JsonNode> guests =
          ThisGuest.guests().stream().map(line -> MachineObject.guest(line, "")).toList();
      list("this guest", guests, out);
    } else {
      RunningMachine machine = ChosenMachine.find(name);
      List<String> lines = new ArrayList<>();
      machine.tell(List.of("guests"), lines::add);
      String root = "/proc/" + machine.pid() + "/root";
      list(
          machine.name(),
          lines.stream().map(line -> MachineObject.guest(line, root)).toList(),
          out);
    }
    out.flush();
  }

  private void list(String where, List<JsonNode> guests, PrintWriter out) {
    if (json) {
      out.println(mapper.createArrayNode().addAll(guests));
    } else if (guests.isEmpty()) {
      spec.commandLine().getErr().println("no guest runs on " + where);
    } else {
      out.printf(ROW, "GUEST", "PID", "CPU FEATURES", "MDEV", "APQNS");
      guests.forEach(guest -> print(guest, out));
    }
  }

  private static void print(JsonNode guest, PrintWriter out) {
    out.printf(
        ROW,
        guest.path("name").asText(),
        guest.path("pid").asText(),
        joined(guest.path("features"), ","),
        joined(guest.path("mdevs"), ","),
        joined(guest.path("apqns"), " "));
  }

  private static String joined(JsonNode texts, String separator) {
    String all =
        StreamSupport.stream(texts.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(separator));
    return all.isEmpty() ? "-" : all;
  }
}
