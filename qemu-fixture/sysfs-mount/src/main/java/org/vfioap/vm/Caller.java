package org.vfioap.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The process behind a thread that opens a file.
 *
 * @param pid its number; 0 if it is in a pid namespace that cannot be seen
 * @param name what it is called: the first 15 bytes of its program's name
 * @param numbers those of the thread in each pid namespace that it is in, from this process's own
 *     inwards; Linux fs/proc/array.c, NSpid
 */
record Caller(long pid, String name, List<Long> numbers) {
  private static final String GROUP_FIELD = "Tgid:";
  private static final String NUMBERS_FIELD = "NSpid:";

  /** Finds the process; the thread waits meanwhile, so it cannot have ended. */
  static Caller of(int thread) {
    if (thread == 0) {
      return new Caller(0, "process", List.of());
    }
    try {
      List<String> status = readStatus(thread);
      long pid = field(status, GROUP_FIELD).get(0);
      return new Caller(pid, nameOf(pid), field(status, NUMBERS_FIELD));
    } catch (IOException hidden) {
      return new Caller(thread, "process-" + thread, List.of((long) thread));
    }
  }

  /** The name in the file is cut after 15 bytes, which need not be whole characters. */
  private static List<String> readStatus(int thread) throws IOException {
    Path file = Path.of("/proc/" + thread + "/status");
    return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
  }

  private static String nameOf(long pid) throws IOException {
    byte[] name = Files.readAllBytes(Path.of("/proc/" + pid + "/comm"));
    return new String(name, StandardCharsets.UTF_8).strip();
  }

  private static List<Long> field(List<String> status, String name) throws IOException {
    for (String line : status) {
      if (line.startsWith(name)) {
        String[] numbers = line.substring(name.length()).strip().split("\\s+", -1);
        return Stream.of(numbers).map(Long::valueOf).toList();
      }
    }
    throw new IOException("no " + name);
  }

  /**
   * Returns the number by which another process knows this one; 0 if it cannot see it. The other
   * one is in a namespace of this one's, or outside of it.
   */
  long numberFor(Caller other) {
    int depth = Math.max(1, other.numbers.size());
    return depth <= numbers.size() ? numbers.get(depth - 1) : 0;
  }
}
