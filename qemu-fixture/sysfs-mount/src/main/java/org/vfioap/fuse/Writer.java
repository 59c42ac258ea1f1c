package org.vfioap.fuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vfioap.kernel.Task;

/** The program that asked for something, for the emulated kernel's log. */
final class Writer {
  private Writer() {}

  /** Returns the sender of a request; its name is read when the log needs it. */
  static Task of(Request request) {
    int pid = request.thread();
    return new Task(() -> comm(pid), pid);
  }

  private static String comm(int pid) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(pid), "comm")).stripTrailing();
    } catch (IOException e) {
      return "?"; // it ended, or belongs to a namespace that this process does not see
    }
  }
}
