package org.vfioap.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains how every test is run; the launcher {@code vfioap} does it. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    header = "Runs every test of vfioap, in a checkout.",
    customSynopsis = "vfioap verify [MAVEN-OPTION...]",
    description =
        "As root, on Debian and Ubuntu, it first installs what the tests of real programs need;"
            + " elsewhere such tests are skipped, and say why.")
@SuppressWarnings("UnusedVariable") // The launcher reads them, this only describes them.
final class VerifyCommand implements Runnable {
  @Parameters(hidden = true)
  private @Nullable List<String> options;

  @Override
  public void run() {
    throw new UserError("tests are run by the program 'vfioap' of a checkout, not by its jar");
  }
}
