package org.vfioap.cli.running;

import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains how a machine is entered; the launcher's script {@code machine.sh} does it. */
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    header = "Opens a shell in a running machine.",
    description = "The shell is $SHELL, and /sys is the machine.")
@SuppressWarnings("UnusedVariable") // The script reads them, this only describes them.
public final class ShellCommand implements Runnable {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = ChosenMachine.NAME)
  private @Nullable String name;

  @Override
  public void run() {
    throw new UserError("machines are entered by the program 'vfioap', not by its jar alone");
  }
}
