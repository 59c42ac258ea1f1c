package org.vfioap.kernel;

import java.util.function.Supplier;

/**
 * The program on whose behalf the emulated kernel works, as its log names it.
 *
 * @param comm tells the first 15 bytes of the program's name, as in {@code /proc/PID/comm}; asked
 *     only when the log needs it
 * @param pid its number
 */
public record Task(Supplier<String> comm, long pid) {
  private static final ThreadLocal<Task> CURRENT = ThreadLocal.withInitial(Task::ownProcess);

  private static Task ownProcess() {
    return named("java", ProcessHandle.current().pid());
  }

  /** Returns a program whose name is known. */
  public static Task named(String comm, long pid) {
    return new Task(() -> comm, pid);
  }

  /** Returns the program that the calling thread works for: this Java process, if nobody said. */
  public static Task current() {
    return CURRENT.get();
  }

  /** Works on behalf of this program. */
  public void run(Runnable work) {
    Task before = CURRENT.get();
    CURRENT.set(this);
    try {
      work.run();
    } finally {
      CURRENT.set(before);
    }
  }
}
