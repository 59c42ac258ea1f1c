package org.vfioap.cli.running;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Boots a running machine anew. */
@Command(
    name = "reboot",
    mixinStandardHelpOptions = true,
    header = "Boots a running machine anew, on the same hardware.",
    description = {
      "Its programs end, /run is emptied, /etc stays. Then Linux boots with the boot parameters and"
          + " mdevs of the machine file, applies the masks that 'chzdev -t ap' made persistent, and"
          + " starts the mdevs that 'mdevctl' defined with automatic start."
    })
public final class RebootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = ChosenMachine.NAME)
  private @Nullable String name;

  @Override
  public void run() {
    ChosenMachine.tell(ChosenMachine.find(name), List.of("reboot"), spec);
  }
}
