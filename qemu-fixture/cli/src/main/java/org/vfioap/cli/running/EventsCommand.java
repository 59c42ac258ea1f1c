package org.vfioap.cli.running;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the uevents of a running machine. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    header = "Prints the uevents of a running machine.")
public final class EventsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = ChosenMachine.NAME)
  private @Nullable String name;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with what comes, until it is interrupted or the machine ends.")
  private boolean follow;

  @Override
  public void run() {
    List<String> request = follow ? List.of("events", "follow") : List.of("events");
    ChosenMachine.tell(ChosenMachine.find(name), request, spec);
  }
}
