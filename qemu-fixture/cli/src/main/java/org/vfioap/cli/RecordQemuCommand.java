package org.vfioap.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.vfioap.qemu.recorder.QemuRecorder;
import picocli.CommandLine.Command;
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
            + " them.")
final class RecordQemuCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PROGRAM", description = "The real QEMU.")
  private Path program;

  @Parameters(index = "1", paramLabel = "OUT", description = "The directory of the recordings.")
  private Path out;

  @Override
  public Integer call() throws InterruptedException {
    try {
      QemuRecorder.record(program, out);
      return 0;
    } catch (IOException e) {
      throw new UserError("cannot record " + program + ": " + Reasons.of(e));
    }
  }
}
