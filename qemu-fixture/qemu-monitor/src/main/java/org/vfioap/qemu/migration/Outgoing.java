package org.vfioap.qemu.migration;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/**
 * A guest on its way out. Its states change on the main loop; one thread writes. Source:
 * migration/migration.c of QEMU 7.2, and two real QEMUs side by side.
 */
final class Outgoing {
  private static final long EXPECTED_DOWNTIME_MS = 300;

  private final MigratingGuest guest;
  private final Capabilities capabilities;
  private final BlockingQueue<Boolean> decision = new ArrayBlockingQueue<>(1);
  private final boolean answered;
  private final PacedMemory memory;
  private Status status = Status.SETUP;
  private String error = "";
  private @Nullable MigrationChannel channel;
  private GuestImage.Arrival arrival = new GuestImage.Arrival("", List.of());
  private boolean ran;
  private boolean switched;
  private final long started = System.nanoTime();
  private long stopped;
  private long ended;

  private Outgoing(MigratingGuest guest, Capabilities capabilities, Parameters parameters) {
    this.guest = guest;
    this.capabilities = capabilities;
    this.memory = new PacedMemory(RamStatistics.transferred(guest.memory()), parameters::bandwidth);
    this.answered = capabilities.has("return-path");
  }

  static Outgoing create(MigratingGuest guest, Capabilities capabilities, Parameters parameters) {
    Outgoing outgoing = new Outgoing(guest, capabilities, parameters);
    outgoing.become(Status.SETUP);
    return outgoing;
  }

  /** Opens the way on a thread of its own and sends. */
  void send(Opener opener) {
    Thread thread = new Thread(() -> run(opener), "migration");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Opener opener) {
    try (MigrationChannel opened = opener.open()) {
      guest.execute(() -> begin(opened));
      DataOutputStream out = new DataOutputStream(opened.out());
      boolean begun = false;
      try {
        GuestImage.writeHeader(out, guest.machine(), guest.memory());
        begun = true;
        GuestImage.writeMemory(out, memory);
        guest.execute(this::finish);
        if (decision.take()) {
          GuestImage.writeEnd(out, arrival);
          if (answered) {
            opened.awaitAcknowledge();
          }
          guest.execute(this::complete);
        }
      } catch (IOException broken) {
        boolean inMemory = begun;
        guest.execute(() -> fail(opened.brokenText(), inMemory));
      }
    } catch (QemuError unreachable) {
      guest.execute(() -> fail(unreachable.text() + hint(unreachable), false));
    } catch (IOException endedBadly) {
      guest.execute(() -> {});
    } catch (InterruptedException halted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String hint(QemuError error) {
    return error.hint().isEmpty() ? "" : "\n" + error.hint().strip();
  }

  private void begin(MigrationChannel opened) {
    channel = opened;
    if (status == Status.CANCELLING) {
      close();
      become(Status.CANCELLED);
      return;
    }
    pass(1);
    become(Status.ACTIVE);
  }

  /** The memory is there; the guest stops for the rest. */
  private void finish() {
    if (status != Status.ACTIVE) {
      endCancelled();
      return;
    }
    String state = guest.runState();
    ran = guest.finish();
    switched = true;
    stopped = System.nanoTime();
    arrival = new GuestImage.Arrival(state, guest.sections());
    if (capabilities.has("pause-before-switchover")) {
      become(Status.PRE_SWITCHOVER);
    } else {
      proceed();
    }
  }

  /** Goes on after the pause before the switch-over. */
  void proceedFrom(String expected) throws QemuError {
    if (!status.wireName().equals(expected) || status != Status.PRE_SWITCHOVER) {
      throw QemuError.generic("Migration not in expected state: " + status.wireName());
    }
    guest.execute(
        () -> {
          become(Status.DEVICE);
          proceed();
        });
  }

  private void proceed() {
    pass(2);
    decision.add(true);
  }

  private void complete() {
    ended = System.nanoTime();
    become(Status.COMPLETED);
    guest.left();
  }

  private void fail(String text, boolean whileSending) {
    if (status == Status.CANCELLING) {
      endCancelled();
      return;
    }
    if (!switched) {
      error = text.split("\n", 2)[0];
      if (whileSending) {
        guest.complain(
            "failed to save SaveStateEntry with id(name): "
                + guest.memorySection()
                + "(ram): -5\n");
      }
      guest.complain(text + "\n");
    }
    stayAs(Status.FAILED);
  }

  /** Refuses before anything was opened; {@code noted} says whether the reason is kept. */
  void refuse(String text, boolean noted) {
    error = noted ? text : "";
    become(Status.FAILED);
  }

  /** Gives up; what was sent is worthless. */
  void cancel() {
    if (!isRunning() || status == Status.CANCELLING) {
      return;
    }
    become(Status.CANCELLING);
    boolean waiting = switched;
    close();
    if (waiting) {
      decision.add(false);
      guest.execute(this::endCancelled);
    }
  }

  private void endCancelled() {
    if (status == Status.CANCELLING) {
      close();
      stayAs(Status.CANCELLED);
    }
  }

  private void stayAs(Status end) {
    if (switched) {
      guest.stayed(ran);
    }
    become(end);
  }

  void close() {
    MigrationChannel open = channel;
    if (open != null) {
      try {
        open.close();
      } catch (IOException alreadyGone) {
        channel = null;
      }
    }
  }

  boolean isRunning() {
    return switch (status) {
      case SETUP, ACTIVE, PRE_SWITCHOVER, DEVICE, CANCELLING -> true;
      default -> false;
    };
  }

  private void become(Status next) {
    status = next;
    if (capabilities.has("events")) {
      guest.event("MIGRATION", JsonObject.of("status", next.wireName()));
    }
  }

  private void pass(int number) {
    if (capabilities.has("events")) {
      guest.event("MIGRATION_PASS", JsonObject.empty().with("pass", number));
    }
  }

  private RamStatistics statistics() {
    boolean running = switched ? ran : guest.runState().equals("running");
    return new RamStatistics(guest.memory(), running, memory.progress(), milliseconds());
  }

  private long milliseconds() {
    long end = ended == 0 ? System.nanoTime() : ended;
    return (end - started) / 1_000_000;
  }

  /** Adds what {@code query-migrate} answers. */
  void describe(JsonObject answer) {
    answer.with("status", status.wireName());
    if (!error.isEmpty()) {
      answer.with("error-desc", error);
    }
    switch (status) {
      case ACTIVE, PRE_SWITCHOVER, DEVICE -> answer.with("expected-downtime", EXPECTED_DOWNTIME_MS);
      case COMPLETED -> answer.with("downtime", (ended - stopped) / 1_000_000);
      default -> {
        return;
      }
    }
    answer
        .with("setup-time", 0)
        .with("total-time", milliseconds())
        .with("ram", statistics().toJson(status == Status.COMPLETED));
  }

  /** Opens the way to the other side. */
  interface Opener {
    /** Opens it, blocking. */
    MigrationChannel open() throws QemuError;
  }

  /** The states of a migration. Source: qapi/migration.json of QEMU 7.2. */
  enum Status {
    SETUP,
    ACTIVE,
    PRE_SWITCHOVER,
    DEVICE,
    CANCELLING,
    CANCELLED,
    COMPLETED,
    FAILED;

    String wireName() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }
}
