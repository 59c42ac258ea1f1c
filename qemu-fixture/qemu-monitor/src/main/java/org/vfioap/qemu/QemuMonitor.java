package org.vfioap.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.persona.QemuVersion;
import org.vfioap.qemu.process.EndedEarly;
import org.vfioap.qemu.process.QemuProcess;
import org.vfioap.qemu.script.Journal;
import org.vfioap.qemu.script.Rehearsal;
import org.vfioap.qemu.script.Script;
import org.vfioap.qemu.vfio.VfioHost;

/**
 * An emulated QEMU inside a test: a guest, its machine-readable monitor on a socket, and what it
 * printed.
 *
 * <p>DEVICE_DELETED follows device_del at once. The monitor has one client at a time, as QEMU's;
 * the test has another one, {@link #observe}, which the client cannot notice. Who forgets to close
 * it keeps neither the JVM alive nor its sockets on the disk.
 */
public final class QemuMonitor implements AutoCloseable {
  private static final String PROGRAM = "qemu-system-s390x";
  private static final int LOOK_MILLIS = 20;

  private final QemuProcess process;
  private final SocketDirectory directory;
  private final Thread thread;
  private final List<String> stderr;
  private final Script script = Script.empty();
  private final Journal journal = Journal.empty();
  private final Rehearsal rehearsal;

  private QemuMonitor(QemuProcess process, SocketDirectory directory, List<String> stderr) {
    this.process = process;
    this.directory = directory;
    this.stderr = stderr;
    this.rehearsal = process.rehearse(script, journal);
    this.thread = new Thread(this::serve, PROGRAM);
    thread.setDaemon(true);
  }

  /**
   * Starts a guest of {@link QemuVersion#DEFAULT}.
   *
   * @param host the host behind vfio-ap devices
   * @param arguments QEMU's command line; a QMP socket is added
   * @throws EndedEarly if QEMU would have printed something and ended, or refused the arguments
   */
  public static QemuMonitor start(VfioHost host, String... arguments)
      throws EndedEarly, IOException {
    return start(QemuVersion.DEFAULT, host, arguments);
  }

  /**
   * Starts a guest of one of the emulated versions.
   *
   * @param version which QEMU it is
   * @param host the host behind vfio-ap devices
   * @param arguments QEMU's command line; a QMP socket is added
   * @throws EndedEarly if QEMU would have printed something and ended, or refused the arguments
   */
  public static QemuMonitor start(QemuVersion version, VfioHost host, String... arguments)
      throws EndedEarly, IOException {
    QemuVersion callers = QemuVersion.current();
    version.enter();
    try {
      return startCurrent(host, arguments);
    } finally {
      callers.enter();
    }
  }

  private static QemuMonitor startCurrent(VfioHost host, String... arguments)
      throws EndedEarly, IOException {
    SocketDirectory directory = SocketDirectory.create();
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("-qmp", "unix:" + directory.qmp() + ",server=on,wait=off"));
    List<String> stderr = new CopyOnWriteArrayList<>();
    QemuProcess process = process(directory, all, host, stderr);
    QemuMonitor monitor = new QemuMonitor(process, directory, stderr);
    monitor.thread.start();
    return monitor;
  }

  private static QemuProcess process(
      SocketDirectory directory, List<String> arguments, VfioHost host, List<String> stderr)
      throws EndedEarly, IOException {
    boolean started = false;
    try {
      QemuProcess process = QemuProcess.start(PROGRAM, arguments, host, Duration.ZERO, stderr::add);
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      process.observe(channel.bind(UnixDomainSocketAddress.of(directory.observer())));
      started = true;
      return process;
    } finally {
      if (!started) {
        directory.close();
      }
    }
  }

  /** Returns the path of the QMP socket, for clients of other kinds. */
  public Path socket() {
    return directory.qmp();
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
    return QmpClient.connect(directory.qmp());
  }

  /**
   * Connects the test's own client, one at a time, beside that of {@link #connect}. No script
   * disturbs it, no journal notes what it sends, and no command shows it.
   */
  public QmpClient observe() throws IOException {
    return QmpClient.connect(directory.observer());
  }

  /** Lets another clock decide when delays that the script orders are over. */
  public void delays(Rehearsal.Delays delays) {
    rehearsal.delays(delays);
  }

  /**
   * Returns when what clients sent before is done and what the script delays was sent; at once if
   * the guest has ended.
   */
  public void settle() throws InterruptedException {
    CountDownLatch settled = new CountDownLatch(1);
    await(settled, () -> rehearsal.whenSettled(settled::countDown));
  }

  /** Returns when what clients sent before is done, whatever is delayed. */
  public void finishInput() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    await(done, done::countDown);
  }

  private void await(CountDownLatch settled, Runnable last) throws InterruptedException {
    process.afterInput(last);
    while (!settled.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && thread.isAlive()) {
      // The guest goes on.
    }
  }

  /** Tells whether the guest runs. */
  public boolean isAlive() {
    return thread.isAlive();
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
    directory.close();
  }
}
