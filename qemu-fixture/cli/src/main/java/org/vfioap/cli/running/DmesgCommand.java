package org.vfioap.cli.running;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the kernel log of a running machine. */
@Command(
    name = "dmesg",
    mixinStandardHelpOptions = true,
    header = "Prints the kernel log of a running machine.")
public final class DmesgCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = ChosenMachine.NAME)
  private @Nullable String name;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with what comes, until it is interrupted or the machine ends.")
  private boolean follow;

  @Override
  public void run() {
    List<String> request = follow ? List.of("dmesg", "follow") : List.of("dmesg");
    ChosenMachine.tell(ChosenMachine.find(name), request, spec);
  }
}
