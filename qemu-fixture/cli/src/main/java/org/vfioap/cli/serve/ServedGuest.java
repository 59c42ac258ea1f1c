package org.vfioap.cli.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.host.ApHost;
import org.vfioap.qemu.QemuMonitor;
import org.vfioap.qemu.client.QmpClient;
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
  private final String name;
  private final EmulatedHost host;
  private final QemuMonitor qemu;
  private final Path directory;
  private final ApHost outside;
  private @Nullable QmpClient client;
  private @Nullable ApHost inside;

  private ServedGuest(
      String name, ApHost outside, EmulatedHost host, QemuMonitor qemu, Path directory) {
    this.name = name;
    this.outside = outside;
    this.host = host;
    this.qemu = qemu;
    this.directory = directory;
  }

  /**
   * Starts a guest.
   *
   * @throws EndedEarly if QEMU refuses the arguments
   */
  static ServedGuest start(ApHost outside, String name, List<String> arguments) throws EndedEarly {
    try {
      Path directory = Files.createTempDirectory("vfioap");
      EmulatedHost host = EmulatedHost.of(outside, name);
      List<String> all = new ArrayList<>(arguments);
      all.addAll(List.of("-qmp", "unix:" + directory + "/test,server=on,wait=off"));
      QemuMonitor qemu = QemuMonitor.start(host, all.toArray(String[]::new));
      return new ServedGuest(name, outside, host, qemu, directory);
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
      return client().execute(command, arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private QmpClient client() throws IOException {
    if (client == null) {
      client = QmpClient.connect(directory.resolve("test"));
    }
    return client;
  }

  /** Returns when QEMU has told of an event that was not waited for yet. */
  synchronized void awaitEvent(String event) {
    try {
      client().awaitEvent(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (client != null) {
        client.close();
      }
      qemu.close();
      Files.deleteIfExists(directory.resolve("test"));
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      System.err.println("vfioap: the guest " + name + " ends badly: " + e.getMessage());
    }
  }
}
