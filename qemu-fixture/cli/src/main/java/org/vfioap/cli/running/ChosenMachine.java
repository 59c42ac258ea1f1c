package org.vfioap.cli.running;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.UserError;
import org.vfioap.place.LastWords;
import org.vfioap.place.RunningMachine;
import picocli.CommandLine.Model.CommandSpec;

/** Finds the running machine that a command means. */
final class ChosenMachine {
  static final String NAME = "Which machine; may be left out while only one runs.";

  private ChosenMachine() {}

  /**
   * Returns the machine of this name, or the only one.
   *
   * @throws UserError if there is none or several; the message names those that run
   */
  static RunningMachine find(@Nullable String name) {
    List<RunningMachine> all = RunningMachine.all();
    if (all.isEmpty()) {
      String none = name == null ? "" : ", so none is called '" + name + "'";
      throw new UserError(
          "no machine is running" + none + "; start one with: vfioap run z16" + lastWords(name));
    }
    if (name != null) {
      return all.stream()
          .filter(machine -> machine.name().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new UserError(
                      "no machine is called '"
                          + name
                          + "'; running: "
                          + names(all)
                          + lastWords(name)));
    }
    if (all.size() > 1) {
      throw new UserError("several machines are running, so say which: " + names(all));
    }
    return all.get(0);
  }

  /** Returns what is known of a machine that ended by itself: of this name, or of the last one. */
  private static String lastWords(@Nullable String wanted) {
    String name = wanted == null ? LastWords.latest().orElse("") : wanted;
    return LastWords.of(name)
        .map(words -> "\nvfioap: the machine " + name + " does not run any more: " + words)
        .orElse("");
  }

  /** Tells the machine something and prints its answer. */
  static void tell(RunningMachine machine, List<String> request, CommandSpec spec) {
    PrintWriter out = spec.commandLine().getOut();
    machine.tell(
        request,
        line -> {
          if (!line.isEmpty()) {
            out.println(line.stripTrailing());
            out.flush();
          }
        });
  }

  private static String names(List<RunningMachine> machines) {
    return machines.stream().map(RunningMachine::name).collect(Collectors.joining(" "));
  }
}
