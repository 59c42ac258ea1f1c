package org.vfioap.qemu.migration;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/**
 * A guest on its way in. One thread reads; states change on the main loop. Source:
 * migration/migration.c of QEMU 7.2, and two real QEMUs side by side.
 */
final class Incoming {
  private static final String FAILED = "load of migration failed: Invalid argument";

  private final MigratingGuest guest;
  private final Capabilities capabilities;
  private String status = "";
  private @Nullable Listener listener;
  private volatile @Nullable MigrationChannel channel;
  private boolean started;
  private volatile boolean closed;

  Incoming(MigratingGuest guest, Capabilities capabilities) {
    this.guest = guest;
    this.capabilities = capabilities;
  }

  /** Starts to wait for a stream from {@code uri}; only monitors know descriptors by name. */
  void start(String uri, boolean fromMonitor) throws QemuError {
    if (started) {
      throw QemuError.generic("The incoming migration has already been started");
    }
    if (!guest.runState().equals("inmigrate")) {
      throw QemuError.generic("'-incoming' was not specified on the command line");
    }
    guest.event("MIGRATION", JsonObject.of("status", "setup"));
    MigrationUri source = MigrationUri.parse(uri);
    if (source.kind() == MigrationUri.Kind.RDMA) {
      throw Migration.rdma(guest, source.rdmaRefusal("could not create rdma event channel"));
    }
    Listener opened =
        Listener.open(uri, fromMonitor ? Optional.of(guest::takeDescriptor) : Optional.empty());
    listener = opened;
    started = true;
    List<String> sections = guest.sections();
    Thread thread = new Thread(() -> read(opened, sections), "incoming");
    thread.setDaemon(true);
    thread.start();
  }

  /** Says whether a guest is waited for or on its way. */
  boolean isUnderWay() {
    return started && !status.equals("completed") && !status.equals("failed");
  }

  private void read(Listener from, List<String> sections) {
    try (MigrationChannel opened = from.accept()) {
      from.close();
      channel = opened;
      if (closed) {
        // Whoever closed this may have looked for a channel before there was one.
        return;
      }
      BufferedInputStream stream = new BufferedInputStream(opened.in());
      if (!from.tellsEnd() && isEmpty(stream)) {
        return;
      }
      guest.execute(() -> become("active"));
      DataInputStream in = new DataInputStream(stream);
      GuestImage.readStart(in, guest.machine(), guest.memory(), guest.memorySection());
      GuestImage.Arrival arrival = GuestImage.readEnd(in, sections);
      opened.acknowledge();
      guest.execute(() -> complete(arrival.state()));
    } catch (StreamRefusal refused) {
      guest.execute(() -> fail(refused.lines()));
    } catch (IOException | QemuError broken) {
      guest.execute(() -> fail(List.of("Not a migration stream")));
    }
  }

  /** A command that ends without a word is not noticed: a pipe that only ends is not readable. */
  private static boolean isEmpty(BufferedInputStream stream) throws IOException {
    stream.mark(1);
    boolean ended = stream.read() < 0;
    stream.reset();
    return ended;
  }

  private void complete(String state) {
    guest.arrived(state);
    become("completed");
  }

  private void fail(List<String> lines) {
    if (closed) {
      return;
    }
    lines.forEach(line -> guest.complain(line + "\n"));
    guest.complain(FAILED + "\n");
    become("failed");
    guest.failed();
  }

  private void become(String next) {
    status = next;
    if (capabilities.has("events")) {
      guest.event("MIGRATION", JsonObject.of("status", next));
    }
  }

  /** Adds what {@code query-migrate} answers. */
  void describe(JsonObject answer) {
    Listener waiting = listener;
    if (!status.isEmpty()) {
      answer.with("status", status);
    } else if (waiting != null) {
      waiting
          .address()
          .ifPresent(address -> answer.with("socket-address", new JsonArray(List.of(address))));
    }
  }

  void close() {
    closed = true;
    Listener waiting = listener;
    MigrationChannel open = channel;
    try {
      if (waiting != null) {
        waiting.close();
      }
      if (open != null) {
        open.close();
      }
    } catch (IOException alreadyGone) {
      listener = null;
    }
  }
}
