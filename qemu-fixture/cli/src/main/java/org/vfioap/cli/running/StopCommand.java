package org.vfioap.cli.running;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import org.vfioap.cli.message.UserError;
import org.vfioap.place.RunningMachine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends machines. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    header = "Ends running machines and every program in them.",
    description =
        "Prints the name of each machine that it ended; nothing of it is left then. Without NAME it"
            + " asks, or refuses where it cannot ask.",
    footer = {
      "",
      "Examples:",
      "  vfioap stop z16",
      "  vfioap stop z16 lab     two machines",
      "  vfioap stop --all       every machine of this user"
    })
public final class StopCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Which machines.")
  private List<String> names = List.of();

  @Option(names = "--all", description = "Ends all machines of this user.")
  private boolean all;

  @Override
  public void run() {
    if (all && !names.isEmpty()) {
      throw new UserError("--all ends every machine, so leave out the name " + names.get(0));
    }
    PrintWriter out = spec.commandLine().getOut();
    for (RunningMachine machine : chosen()) {
      machine.stop();
      out.println(machine.name());
      out.flush();
    }
  }

  /** All are found before the first one ends. */
  private List<RunningMachine> chosen() {
    if (all) {
      return RunningMachine.all();
    }
    if (names.isEmpty()) {
      return confirmed(ChosenMachine.find(null));
    }
    List<RunningMachine> machines = new ArrayList<>();
    names.stream().distinct().forEach(name -> machines.add(ChosenMachine.find(name)));
    return machines;
  }

  private List<RunningMachine> confirmed(RunningMachine only) {
    String what = only.name() + " (" + only.source() + ")";
    if (!isTerminal(0) || !isTerminal(2)) {
      throw new UserError(
          "which machine? Only " + what + " runs: vfioap stop " + only.name() + ", or --all");
    }
    PrintWriter err = spec.commandLine().getErr();
    err.print("End the machine " + what + "? [y/N] ");
    err.flush();
    Scanner in = new Scanner(System.in, StandardCharsets.UTF_8);
    if (!in.hasNextLine() || !in.nextLine().strip().toLowerCase(Locale.ROOT).startsWith("y")) {
      throw new UserError(only.name() + " goes on running");
    }
    return List.of(only);
  }

  private static boolean isTerminal(int descriptor) {
    try {
      Path file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
      return file.startsWith("/dev/pts") || file.toString().startsWith("/dev/tty");
    } catch (IOException closed) {
      return false;
    }
  }
}
