package org.vfioap.qemu.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Ends the guest when the process gets SIGTERM, SIGINT or SIGHUP.
 *
 * <p>The JDK offers no public way to handle a signal, but it starts the shutdown hooks from a
 * thread that is named after it.
 */
public final class SignalWatch {
  private static final Map<String, Integer> NUMBERS =
      Map.of("SIGHUP handler", 1, "SIGINT handler", 2, "SIGTERM handler", 15);

  private SignalWatch() {}

  /** Watches for {@code process}, which runs on the calling thread and halts the JVM at its end. */
  public static void install(QemuProcess process) {
    Thread main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ended(process, main), "signal"));
  }

  private static void ended(QemuProcess process, Thread main) {
    Optional<Integer> signal =
        Thread.getAllStackTraces().keySet().stream()
            .map(thread -> NUMBERS.get(thread.getName()))
            .filter(java.util.Objects::nonNull)
            .findFirst();
    signal.ifPresent(number -> process.terminate(number, sender()));
    try {
      main.join();
    } catch (InterruptedException halted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Java is not told who sends a signal; the parent process is the best guess. */
  private static String sender() {
    long pid = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L);
    try {
      return "pid " + pid + " (" + Files.readSymbolicLink(Path.of("/proc/" + pid + "/exe")) + ")";
    } catch (IOException unreadable) {
      return "pid " + pid + " (<unknown process>)";
    }
  }
}
