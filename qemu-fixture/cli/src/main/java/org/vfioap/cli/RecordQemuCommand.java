package org.vfioap.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.Reasons;
import org.vfioap.cli.message.UserError;
import org.vfioap.qemu.recorder.QemuRecorder;
import org.vfioap.qemu.recorder.SharedTexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records what a real QEMU answers to questions whose answers never change. */
@Command(
    name = "record-qemu",
    mixinStandardHelpOptions = true,
    header = "Records the constant answers of a real qemu-system-s390x.",
    description =
        "Asks PROGRAM for its schema, commands, types, properties, machines, CPU definitions and"
            + " option tables, and writes them to OUT, with the program's version and the date."
            + " The recordings in testdata/qemu were made this way; the emulator answers from"
            + " them. If OUT is named after an emulated version, and the one before lies in a folder"
            + " beside it (7.2, 10.0, 11.1), equal texts are kept there only. Nothing is written"
            + " unless everything was recorded.")
final class RecordQemuCommand implements Callable<Integer> {
  private static final String ALLOWED =
      "; PROGRAM must be a qemu-system-s390x, 7.2 or newer, for 64-bit x86, as distributions ship"
          + " it, and --image names that file if PROGRAM is a script that starts it";

  @Parameters(index = "0", paramLabel = "PROGRAM", description = "The real QEMU.")
  private Path program;

  @Parameters(index = "1", paramLabel = "OUT", description = "The directory of the recordings.")
  private Path out;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "The program's file, if PROGRAM is a script that starts it.")
  private @Nullable Path image;

  @Override
  public Integer call() throws InterruptedException {
    try {
      requireQemu();
      Path recorded = Files.createTempDirectory("vfioap");
      try {
        record(recorded);
        copy(recorded);
      } finally {
        remove(recorded);
      }
      return 0;
    } catch (IOException e) {
      throw new UserError("cannot record " + program + ": " + Reasons.of(e));
    }
  }

  private void requireQemu() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
    process.getOutputStream().close();
    byte[] said = process.getInputStream().readNBytes(1 << 16);
    process.waitFor();
    String first = new String(said, StandardCharsets.UTF_8).lines().findFirst().orElse("nothing");
    if (!first.startsWith("QEMU emulator version ")) {
      throw new UserError(program + " --version says: " + first + ALLOWED);
    }
  }

  /** The recorder relies on what a QEMU has and says, and finds out where something is not. */
  private void record(Path directory) throws IOException, InterruptedException {
    try {
      QemuRecorder.record(program, image == null ? program : image, directory);
    } catch (RuntimeException missing) {
      throw new UserError("cannot record " + program + ": it lacks what is looked for" + ALLOWED);
    }
  }

  private void copy(Path recorded) throws IOException {
    Files.createDirectories(out);
    SharedTexts.copy(recorded, out);
  }

  private static void remove(Path directory) throws IOException {
    for (Path file : filesOf(directory)) {
      Files.delete(file);
    }
    Files.delete(directory);
  }

  private static List<Path> filesOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
