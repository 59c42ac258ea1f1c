package org.vfioap.cli.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.host.ApHost;
import org.vfioap.qemu.QemuMonitor;
import org.vfioap.qemu.client.NoAnswerException;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.client.QmpEvent;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.process.EndedEarly;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.vfio.EmulatedHost;

/**
 * A guest of a machine: an emulated QEMU in this process, with a monitor for the code under test
 * and one for the test itself.
 */
final class ServedGuest implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final EmulatedHost host;
  private final QemuMonitor qemu;
  private final ApHost outside;
  private final QmpClient client;
  private @Nullable ApHost inside;

  private ServedGuest(
      String name, ApHost outside, EmulatedHost host, QemuMonitor qemu, QmpClient client) {
    this.name = name;
    this.outside = outside;
    this.host = host;
    this.qemu = qemu;
    this.client = client;
  }

  /**
   * Starts a guest.
   *
   * @throws EndedEarly if QEMU refuses the arguments
   */
  static ServedGuest start(ApHost outside, String name, List<String> arguments) throws EndedEarly {
    try {
      EmulatedHost host = EmulatedHost.of(outside, name);
      QemuMonitor qemu = QemuMonitor.start(host, arguments.toArray(String[]::new));
      return new ServedGuest(name, outside, host, qemu, qemu.observe());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  QemuMonitor qemu() {
    return qemu;
  }

  /** Returns the lines of the guest's APCB: the queues that it can use. */
  List<String> queues() {
    return host.guest().apcb().effective().apqnLines().lines().toList();
  }

  /** Returns the guest's own Linux, booted when first asked. */
  synchronized ApHost inside() {
    if (inside == null) {
      inside = outside.inside(host.guest());
    }
    return inside;
  }

  /** Asks the monitor that belongs to the test. */
  synchronized JsonValue execute(String command, JsonObject arguments) throws QemuError {
    try {
      return client.execute(command, arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits for an event that was not waited for yet.
   *
   * @throws NoAnswerException if it does not come in time
   */
  synchronized QmpEvent awaitEvent(String event, Duration atMost) throws NoAnswerException {
    try {
      return client.patience(atMost).awaitEvent(event);
    } catch (NoAnswerException silent) {
      throw silent;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      client.patience(PATIENCE);
    }
  }

  /** Returns the faults that were ordered and did not happen, each in words. */
  List<String> unusedFaults() {
    return qemu.script().unused().stream().map(each -> name + ": " + each).toList();
  }

  @Override
  public synchronized void close() {
    try {
      client.close();
      qemu.close();
    } catch (IOException e) {
      System.err.println("vfioap: the guest " + name + " ends badly: " + e.getMessage());
    }
  }
}
