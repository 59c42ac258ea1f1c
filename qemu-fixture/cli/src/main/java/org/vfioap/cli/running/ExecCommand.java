package org.vfioap.cli.running;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains how a command is run in a machine; the launcher's script {@code machine.sh} does it. */
@Command(
    name = "exec",
    mixinStandardHelpOptions = true,
    header = "Runs a command in a running machine.",
    customSynopsis = "vfioap exec [NAME] -- COMMAND...",
    description =
        "The command finds the machine at /sys, keeps environment and current folder, and its exit"
            + " status is passed on. NAME may be left out while only one machine runs.")
@SuppressWarnings("UnusedVariable") // The script reads them, this only describes them.
public final class ExecCommand implements Runnable {
  @Parameters(hidden = true)
  private @Nullable List<String> command;

  @Override
  public void run() {
    throw new UserError("give the command after --: vfioap exec [NAME] -- COMMAND...");
  }
}
