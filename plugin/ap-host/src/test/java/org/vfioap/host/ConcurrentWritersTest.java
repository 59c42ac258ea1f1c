package org.vfioap.host;

import static org.vfioap.lab.LabAssertions.assertThat;
import static org.vfioap.lab.LabAssertions.assertThatCode;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;
import org.vfioap.mdev.Guest;
import org.vfioap.mdev.OpenMdev;

/**
 * Eight threads write to the same files; between rounds the state has to make sense.
 *
 * <pre>
 *   4 x 4 queues, masks that come and go, hardware that comes and goes
 *   mdev 1   in use by a guest
 *   mdev 2   shared by all
 *   mdev 3   created, opened, closed and removed all the time
 * </pre>
 */
class ConcurrentWritersTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 6;
  private static final int STEPS = 150;
  private static final int SEEDS = 3;

  private static final Set<Errno> EXPECTED =
      EnumSet.of(
          Errno.EBUSY,
          Errno.EADDRINUSE,
          Errno.EADDRNOTAVAIL,
          Errno.ENOENT,
          Errno.ENODEV,
          Errno.EEXIST,
          Errno.EPERM);

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** One thread with its own random numbers. */
  private static final class Writer {
    private final Admin admin;
    private final Random random;

    Writer(Admin admin, long seed) {
      this.admin = admin;
      random = new Random(seed);
    }

    void work() {
      for (int i = 0; i < STEPS; i++) {
        try {
          step();
        } catch (KernelRefusal refusal) {
          assertThat(EXPECTED).contains(refusal.errno());
        }
      }
    }

    private void step() {
      String number = String.valueOf(random.nextInt(4));
      switch (random.nextInt(10)) {
        case 0, 1 -> admin.echo(number, mdev() + "assign_adapter");
        case 2, 3 -> admin.echo(number, mdev() + "assign_domain");
        case 4 -> admin.echo(number, mdev() + "unassign_adapter");
        case 5 -> admin.echo(number, mdev() + "unassign_domain");
        case 6 ->
            admin.echo(
                number, mdev() + (random.nextBoolean() ? "" : "un") + "assign_control_domain");
        case 7 -> admin.echo((random.nextBoolean() ? "+" : "-") + number, mask());
        case 8 -> change();
        default -> createOpenCloseRemove();
      }
    }

    private String mdev() {
      return Admin.MATRIX
          + List.of(Admin.UUID1, Admin.UUID2, Admin.UUID3).get(random.nextInt(3))
          + "/";
    }

    private String mask() {
      return random.nextBoolean() ? "bus/ap/apmask" : "bus/ap/aqmask";
    }

    private void change() {
      ApMask some = ApMask.of(random.ints(3, 0, 4).toArray());
      switch (random.nextInt(3)) {
        case 0 -> admin.change(hardware -> hardware.adapters(some));
        case 1 -> admin.change(hardware -> hardware.domains(some));
        default -> admin.change(hardware -> hardware.controlDomains(some));
      }
    }

    private void createOpenCloseRemove() {
      switch (random.nextInt(3)) {
        case 0 -> admin.create(Admin.UUID3);
        case 1 -> openAndClose(admin.host().guest("another"));
        default -> removeUnlessOpen();
      }
    }

    private void openAndClose(Guest guest) {
      try (OpenMdev open = admin.host().open(Admin.UUID3, guest)) {
        assertThat(open.uuid()).isEqualTo(Admin.UUID3);
      }
    }

    private void removeUnlessOpen() {
      admin.echo("1", Admin.MATRIX + Admin.UUID3 + "/remove");
    }
  }

  private void round(Admin admin, long seed) throws Exception {
    StartingLine start = new StartingLine(THREADS);
    List<Future<?>> futures = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Writer writer = new Writer(admin, seed * THREADS + i);
      futures.add(
          threads.submit(
              () -> {
                start.await();
                writer.work();
                return null;
              }));
    }
    for (Future<?> future : futures) {
      future.get(60, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepWhatHoldsInAnySerialOrder(KernelProfile profile) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      Admin admin =
          Admin.bootAllPassed(Machines.cards(ApMask.range(0, 3), ApMask.range(0, 3)), profile);
      Guest guest = admin.create(Admin.UUID1).start("guest");
      admin.create(Admin.UUID2);
      for (int round = 0; round < ROUNDS; round++) {
        int number = seed * ROUNDS + round;
        String where = "profile " + profile + ", seed " + seed + ", round " + round;
        assertThatNoFailure(where, () -> round(admin, number));
        assertThatNoFailure(where, () -> Invariants.check(admin.host()));
        assertThat(guest.apcb().matrix()).as(where).isEqualTo(matrixOfMdev1(admin));
      }
      assertThatNoFailure("profile " + profile + ", seed " + seed, () -> assignEverything(admin));
    }
  }

  /** When every other mdev has given its queues back, one can have them all. */
  private static void assignEverything(Admin admin) {
    for (MdevState mdev : admin.host().mdevs()) {
      mdev.assigned().adapters().stream()
          .forEach(
              a -> admin.echo(String.valueOf(a), Admin.MATRIX + mdev.uuid() + "/unassign_adapter"));
    }
    admin.echo("0x0", "bus/ap/apmask").echo("0x0", "bus/ap/aqmask");
    Mdev last = admin.create("ffffffff-ffff-ffff-ffff-ffffffffffff");
    assertThat(last.assignAdapters(0, 1, 2, 3).assignDomains(0, 1, 2, 3).cat("matrix").lines())
        .hasSize(16);
  }

  private static ApMatrix matrixOfMdev1(Admin admin) {
    return admin.host().mdevs().get(0).guestMatrix();
  }

  private static void assertThatNoFailure(String where, ThrowingCallable action) {
    assertThatCode(action).as(where).doesNotThrowAnyException();
  }
}
