package org.vfioap.cli.running;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that prints what the kernel of a running machine told, by the verb of its name. */
abstract class NewsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = ChosenMachine.NAME)
  private @Nullable String name;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with what comes, until it is interrupted or the machine ends.")
  private boolean follow;

  @Option(names = "--json", description = "Prints a JSON object a line; see docs/json.md.")
  private boolean json;

  @Override
  public final void run() {
    List<String> request = new ArrayList<>(List.of(spec.name()));
    if (follow) {
      request.add("follow");
    }
    if (json) {
      request.add("json");
    }
    ChosenMachine.tell(ChosenMachine.find(name), request, spec);
  }
}
