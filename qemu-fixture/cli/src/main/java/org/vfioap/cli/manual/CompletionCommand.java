package org.vfioap.cli.manual;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a shell completes this command with. */
@Command(
    name = "generate-completion",
    mixinStandardHelpOptions = true,
    header = "Prints a script that lets bash and zsh complete this command.",
    description =
        "Completes commands and options, and the names of running machines and their guests, of"
            + " presets and of kernel profiles.",
    footer = {
      "",
      "Examples:",
      "  source <(vfioap generate-completion)",
      "  vfioap generate-completion > ~/.local/share/bash-completion/completions/vfioap"
    })
public final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().print(CompletionScript.of(spec.root()));
    spec.commandLine().getOut().flush();
  }
}
