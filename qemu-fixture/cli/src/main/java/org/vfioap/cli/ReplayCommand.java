package org.vfioap.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.scenario.Scenario;
import org.vfioap.scenario.ScenarioCheck;
import org.vfioap.scenario.ScenarioRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs scenario files. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    header = "Runs scenario files and prints or compares the results.",
    description =
        "A .json file is one scenario, a .jsonl file one a line. For each scenario it prints one"
            + " JSON line with what actually happened, in the schema of the file. With --check it"
            + " prints the first difference of each scenario instead, and ends with status 1 if"
            + " there is one.")
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "P",
      defaultValue = "linux-6.1",
      description = "The kernel: documented, linux-6.1 or linux-6.12. Default: ${DEFAULT-VALUE}.")
  private KernelProfile profile;

  @Option(names = "--check", description = "Compare with the results in the files.")
  private boolean check;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Scenario files.")
  private List<Path> files;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int total = 0;
    int different = 0;
    for (Path file : files) {
      for (Scenario scenario : Scenario.read(file)) {
        total++;
        different += check ? compare(scenario, out) : print(scenario, out);
      }
    }
    if (check) {
      out.println(total - different + " of " + total + " scenarios match " + profile);
    }
    out.flush();
    return different == 0 ? 0 : 1;
  }

  private int print(Scenario scenario, PrintWriter out) {
    out.println(ScenarioRun.of(scenario, profile));
    return 0;
  }

  private int compare(Scenario scenario, PrintWriter out) {
    Optional<String> difference = ScenarioCheck.firstDifference(scenario, profile);
    difference.ifPresent(out::println);
    return difference.isPresent() ? 1 : 0;
  }
}
