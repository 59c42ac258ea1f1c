package org.vfioap.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.Reasons;
import org.vfioap.cli.message.UserError;
import org.vfioap.recording.Recording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the machine file of a real host. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    header = "Writes the machine file of a real host, to boot it elsewhere.",
    description = {
      "Reads the host's adapters, queues, keys, masks, mdevs, mdevctl's definitions and guests from"
          + " its files, and changes nothing. What could not be read or was guessed is told on"
          + " standard error and in comments of the file.",
      "",
      "HOST is / (this computer, the default), a folder with the root of a host or its /sys, or a"
          + " tar archive of one, also packed by gzip or xz, such as a report of sos."
    },
    footer = {
      "",
      "Examples:",
      "  vfioap machine record -o host.yaml",
      "  vfioap machine record sosreport-lnxz1-2026-11-30.tar.xz >host.yaml",
      "  vfioap run host.yaml -- lszcrypt -V"
    })
final class MachineRecordCommand implements Runnable {
  @Parameters(
      arity = "0..1",
      paramLabel = "HOST",
      defaultValue = "/",
      description = "What is read.")
  private Path host;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the machine file goes instead of standard output; it must not exist.")
  private @Nullable Path output;

  @Option(names = "--force", description = "Overwrites FILE if it exists.")
  private boolean force;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    if (output != null && !force && Files.exists(output)) {
      throw new UserError(output + " exists already; name another file, or add --force");
    }
    Recording recording = Recording.of(host);
    recording.notes().forEach(note -> spec.commandLine().getErr().println("vfioap: " + note));
    if (output == null) {
      spec.commandLine().getOut().print(recording.yaml());
      spec.commandLine().getOut().flush();
    } else {
      write(output, recording.yaml());
    }
  }

  private void write(Path file, String yaml) {
    OpenOption how = force ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW;
    try {
      Files.write(
          file,
          yaml.getBytes(StandardCharsets.UTF_8),
          how,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new UserError("cannot write " + file + ": " + Reasons.of(e));
    }
  }
}
