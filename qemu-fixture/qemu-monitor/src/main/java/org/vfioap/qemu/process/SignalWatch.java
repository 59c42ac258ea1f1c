package org.vfioap.qemu.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

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
    Runtime.getRuntime().addShutdownHook(new Watch(process, Thread.currentThread()));
  }

  /** The hook: the process ends before the JVM does. */
  private static final class Watch extends Thread {
    private final QemuProcess process;
    private final Thread main;

    Watch(QemuProcess process, Thread main) {
      super("signal");
      this.process = process;
      this.main = main;
    }

    @Override
    public void run() {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        Integer signal = NUMBERS.get(thread.getName());
        if (signal != null) {
          process.terminate(signal, sender());
        }
      }
      try {
        main.join();
      } catch (InterruptedException halted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Java is not told who sends a signal; the parent process is the best guess. */
  private static String sender() {
    long pid = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L);
    return "pid " + pid + " (" + commandOf(pid) + ")";
  }

  /** Source: util/oslib-posix.c (qemu_get_pid_name) of QEMU 7.2. */
  private static String commandOf(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0", 2)[0];
    } catch (IOException unreadable) {
      return "<unknown process>";
    }
  }
}
