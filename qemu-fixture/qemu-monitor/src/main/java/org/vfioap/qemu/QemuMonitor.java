package org.vfioap.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.process.EndedEarly;
import org.vfioap.qemu.process.QemuProcess;
import org.vfioap.qemu.script.Journal;
import org.vfioap.qemu.script.Script;
import org.vfioap.qemu.vfio.VfioHost;

/**
 * An emulated QEMU inside a test: a guest, its machine-readable monitor on a socket, and what it
 * printed.
 *
 * <p>DEVICE_DELETED follows device_del at once.
 */
public final class QemuMonitor implements AutoCloseable {
  private static final String PROGRAM = "qemu-system-s390x";

  private final QemuProcess process;
  private final Path directory;
  private final Thread thread;
  private final List<String> stderr;
  private final Script script = Script.empty();
  private final Journal journal = Journal.empty();

  private QemuMonitor(QemuProcess process, Path directory, List<String> stderr) {
    this.process = process;
    this.directory = directory;
    this.stderr = stderr;
    this.thread = new Thread(this::serve, PROGRAM);
  }

  /**
   * Starts a guest.
   *
   * @param host the host behind vfio-ap devices
   * @param arguments QEMU's command line; a QMP socket is added
   * @throws EndedEarly if QEMU would have printed something and ended, or refused the arguments
   */
  public static QemuMonitor start(VfioHost host, String... arguments)
      throws EndedEarly, IOException {
    Path directory = Files.createTempDirectory("qemu");
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("-qmp", "unix:" + socket(directory) + ",server=on,wait=off"));
    List<String> stderr = new CopyOnWriteArrayList<>();
    QemuProcess process = process(directory, all, host, stderr);
    QemuMonitor monitor = new QemuMonitor(process, directory, stderr);
    process.rehearse(monitor.script, monitor.journal);
    monitor.thread.start();
    return monitor;
  }

  private static QemuProcess process(
      Path directory, List<String> arguments, VfioHost host, List<String> stderr)
      throws EndedEarly, IOException {
    boolean started = false;
    try {
      QemuProcess process = QemuProcess.start(PROGRAM, arguments, host, Duration.ZERO, stderr::add);
      started = true;
      return process;
    } finally {
      if (!started) {
        delete(directory);
      }
    }
  }

  /** Returns the path of the QMP socket, for clients of other kinds. */
  public Path socket() {
    return socket(directory);
  }

  private static Path socket(Path directory) {
    return directory.resolve("qmp");
  }

  private void serve() {
    try (process) {
      process.run();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Connects a client and negotiates; one client can be connected at a time. */
  public QmpClient connect() throws IOException {
    return QmpClient.connect(socket(directory));
  }

  /** Returns what goes wrong in this guest; tests write it. */
  public Script script() {
    return script;
  }

  /** Returns what clients sent to the monitors of this guest. */
  public Journal journal() {
    return journal;
  }

  /** Returns what the guest printed on standard error so far. */
  public String stderr() {
    return String.join("", stderr);
  }

  /** Ends the guest and waits for its end; what it holds on the host is free then. */
  @Override
  public void close() throws IOException {
    process.stop();
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    delete(directory);
  }

  private static void delete(Path directory) throws IOException {
    Files.deleteIfExists(socket(directory));
    Files.deleteIfExists(directory);
  }
}
