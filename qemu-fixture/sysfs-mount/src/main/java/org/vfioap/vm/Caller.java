package org.vfioap.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The process behind a thread that opens a file.
 *
 * @param pid its number; 0 if it is in a pid namespace that cannot be seen
 * @param name what it is called: the first 15 bytes of its program's name
 */
record Caller(long pid, String name) {
  private static final String GROUP_FIELD = "Tgid:";

  /** Finds the process; the thread waits meanwhile, so it cannot have ended. */
  static Caller of(int thread) {
    if (thread == 0) {
      return new Caller(0, "process");
    }
    try {
      long pid = group(Files.readAllLines(Path.of("/proc/" + thread + "/status")));
      return new Caller(pid, Files.readString(Path.of("/proc/" + pid + "/comm")).strip());
    } catch (IOException hidden) {
      return new Caller(thread, "process-" + thread);
    }
  }

  private static long group(List<String> status) throws IOException {
    for (String line : status) {
      if (line.startsWith(GROUP_FIELD)) {
        return Long.parseLong(line.substring(GROUP_FIELD.length()).strip());
      }
    }
    throw new IOException("no " + GROUP_FIELD);
  }
}
