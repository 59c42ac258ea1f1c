package org.vfioap.qemu.transcript;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.process.EndedEarly;
import org.vfioap.qemu.process.QemuProcess;
import org.vfioap.qemu.vfio.DescribedHost;
import org.vfioap.qemu.vfio.MountedHost;
import org.vfioap.qemu.vfio.VfioHost;

/** An emulator that runs in a thread of the test. */
final class Emulator implements Program {
  static final String PROGRAM = "qemu-system-s390x";

  private final List<String> err = new CopyOnWriteArrayList<>();
  private @Nullable EndedEarly ended;
  private @Nullable QemuProcess process;
  private @Nullable Thread thread;

  private Emulator() {}

  static Program start(List<String> arguments, Optional<String> host, Duration delay)
      throws IOException {
    Emulator emulator = new Emulator();
    VfioHost vfio =
        host.<VfioHost>map(DescribedHost::parse).orElseGet(() -> MountedHost.at(Path.of("/")));
    try {
      QemuProcess process = QemuProcess.start(PROGRAM, arguments, vfio, delay, emulator.err::add);
      Thread thread = new Thread(() -> serve(process), "emulator");
      thread.start();
      emulator.process = process;
      emulator.thread = thread;
    } catch (EndedEarly early) {
      emulator.ended = early;
    }
    return emulator;
  }

  private static void serve(QemuProcess process) {
    try (process) {
      process.run();
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  @Override
  public void signal(String name) {
    QemuProcess running = process;
    if (running != null) {
      running.terminate(name.equals("SIGTERM") ? 15 : name.equals("SIGHUP") ? 1 : 2, "pid 1 (x)");
    }
  }

  @Override
  public int status(long patience, TimeUnit unit) throws InterruptedException {
    if (ended != null) {
      return ended.status();
    }
    Thread running = thread;
    if (running != null) {
      running.join(unit.toMillis(patience));
      return running.isAlive() ? -1 : 0;
    }
    return -1;
  }

  private static void joinUninterruptibly(Thread serving) {
    try {
      serving.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void pause(long millis) {}

  @Override
  public String out() {
    return ended == null ? "" : ended.out();
  }

  @Override
  public String err() {
    return String.join("", err) + (ended == null ? "" : ended.err());
  }

  @Override
  public void close() {
    QemuProcess running = process;
    Thread serving = thread;
    if (running != null && serving != null) {
      running.stop();
      joinUninterruptibly(serving);
    }
  }
}
