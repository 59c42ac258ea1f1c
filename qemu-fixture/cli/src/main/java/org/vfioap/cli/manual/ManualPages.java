package org.vfioap.cli.manual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the manual pages of the command and of each of its subcommands, for a release. */
@Command(
    name = "generate-manual",
    hidden = true,
    mixinStandardHelpOptions = true,
    header = "Writes a manual page for each command.")
public final class ManualPages implements Runnable {
  private static final int WIDTH = 78;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "An existing directory.")
  private Path folder;

  @Override
  public void run() {
    CommandLine root = spec.root().commandLine();
    root.setUsageHelpWidth(WIDTH);
    try {
      write(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(CommandLine command) throws IOException {
    CommandSpec each = command.getCommandSpec();
    Path file = folder.resolve(ManualPage.name(each) + ".1");
    Files.writeString(file, new ManualPage(command).text(), StandardCharsets.UTF_8);
    for (CommandLine next : command.getSubcommands().values()) {
      if (!next.getCommandSpec().usageMessage().hidden()) {
        write(next);
      }
    }
  }
}
