package org.vfioap.place;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;

/**
 * The programs that run in the machine, as its daemon sees them: it has the same process numbers,
 * but mounts of its own.
 */
final class Programs {
  private static final long INIT = 1;

  private final Path folder;

  Programs(Path folder) {
    this.folder = folder;
  }

  /** Ends everybody but the first process and this one, also those that are started meanwhile. */
  void endAll() {
    List<ProcessHandle> others = others();
    while (!others.isEmpty()) {
      others.forEach(ProcessHandle::destroyForcibly);
      others.forEach(process -> process.onExit().join());
      others = others();
    }
  }

  private static List<ProcessHandle> others() {
    ProcessHandle self = ProcessHandle.current();
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != INIT && !process.equals(self))
        .filter(process -> process.parent().filter(self::equals).isEmpty())
        .toList();
  }

  /**
   * Runs a step of {@code boot.sh} where the machine's programs run. What it says goes to the log.
   */
  void run(String step) throws InterruptedException {
    try {
      String script = folder.resolve("boot.sh").toString();
      Process process =
          new ProcessBuilder("nsenter", "-t", "1", "-m", "-r", "-w", "--", "sh", script, step)
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()))
              .start();
      if (process.waitFor() != 0) {
        System.err.println("vfioap: boot.sh " + step + " ended with " + process.exitValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
