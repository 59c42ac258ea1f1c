package org.vfioap.cli.running;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.UserError;
import org.vfioap.place.RunningMachine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends machines. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    header = "Ends a running machine and every program in it.",
    description = "Nothing of it is left when this returns.")
public final class StopCommand implements Runnable {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = ChosenMachine.NAME)
  private @Nullable String name;

  @Option(names = "--all", description = "Ends all machines of this user.")
  private boolean all;

  @Override
  public void run() {
    if (all && name != null) {
      throw new UserError("--all ends every machine, so leave out the name " + name);
    }
    List<RunningMachine> machines = all ? RunningMachine.all() : List.of(ChosenMachine.find(name));
    machines.forEach(RunningMachine::stop);
  }
}
