package org.vfioap.cli.translation;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.Apqn;
import org.vfioap.cli.message.UserError;
import org.vfioap.translation.explain.Explanation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a queue is or is not in a guest. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    header = "Says why a queue is or is not in a guest: the rule, the file, the value.",
    description = {
      "Follows the queue from the hardware over the masks and vfio_ap to the mdev and its guest, and"
          + " names for each step the file that decides it. Looks at this system's /sys, so it works"
          + " in a running machine and on a real Z, unless WHERE names another."
    },
    footer = {
      "",
      "Exit status: 0 a guest has the queue, 1 no guest has it, 2 wrong arguments.",
      "",
      "Examples:",
      "  vfioap explain 05.0004                  in which guest, or why in none",
      "  vfioap explain 05.0004 my-guest         why it is or is not in this one",
      "  vfioap explain 05.0004 document         on a preset, freshly booted",
      "  vfioap explain 05.0004 lab              in the running machine 'lab'"
    })
public final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "APQN", description = "The queue, as in 05.00ab.")
  private String apqn;

  @Parameters(
      index = "1..*",
      paramLabel = "WHERE",
      description =
          "The UUID of an mdev or the name of a libvirt domain; and on which host: "
              + HostChoice.ARGUMENT
              + ".")
  private @Nullable List<String> where;

  @Option(names = "--json", description = "Prints a JSON object; see docs/json.md.")
  private boolean json;

  @Override
  public Integer call() {
    Apqn queue = queue();
    ExplainedHost host = ExplainedHost.of(where == null ? List.of() : where);
    host.note().ifPresent(note -> spec.commandLine().getErr().println("vfioap: " + note));
    Explanation explanation = Explanation.of(host.files(), queue, host.mdevs(), host::user);
    spec.commandLine()
        .getOut()
        .print(json ? ExplanationObject.of(explanation) + "\n" : explanation.toText());
    spec.commandLine().getOut().flush();
    return explanation.inGuest() ? 0 : 1;
  }

  private Apqn queue() {
    try {
      return Apqn.parse(apqn);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage() + "; adapter and domain in hexadecimal");
    }
  }
}
