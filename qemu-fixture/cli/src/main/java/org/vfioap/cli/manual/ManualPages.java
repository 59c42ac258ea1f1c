package org.vfioap.cli.manual;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vfioap.cli.Main;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes the manual pages of the command and of each of its subcommands, for a release. */
public final class ManualPages {
  private final Path folder;

  private ManualPages(Path folder) {
    this.folder = folder;
  }

  /** Writes them into the existing folder that the only argument names. */
  public static void main(String[] arguments) throws IOException {
    CommandLine command = Main.commandLine(System.out, System.err);
    command.setUsageHelpWidth(78);
    new ManualPages(Path.of(arguments[0])).write(command);
  }

  private void write(CommandLine command) throws IOException {
    CommandSpec spec = command.getCommandSpec();
    Path file = folder.resolve(ManualPage.name(spec) + ".1");
    Files.writeString(file, new ManualPage(command).text(), StandardCharsets.UTF_8);
    for (CommandLine each : command.getSubcommands().values()) {
      if (!each.getCommandSpec().usageMessage().hidden()) {
        write(each);
      }
    }
  }
}
