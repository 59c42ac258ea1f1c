package org.vfioap.mdev;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.QueueState;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.WhenResetting;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;
import org.vfioap.lab.Task;

/**
 * What a reset finds, and what becomes of the queue: vfio_ap_ops.c, apq_reset_check and
 * _queue_passable.
 *
 * <pre>
 *              domain 1   domain 2   domain 3
 *   adapter 5   05.0001    05.0002    05.0003
 *   adapter 6   06.0001    06.0002    absent
 * </pre>
 */
@Timeout(60)
class ResetsTest {
  private static Admin boot(KernelProfile profile) {
    return Admin.bootAllPassed(
        Machines.with(
            Machines.cards(ApMask.of(5, 6), ApMask.of(1, 2, 3)), "06.0003", QueueState.ABSENT),
        profile);
  }

  private static Mdev mdevOfAdapter6(Admin admin) {
    return admin.create(Admin.UUID1).assignAdapters(6).assignDomains(1, 2);
  }

  private static Admin become(Admin admin, String queue, QueueState state) {
    return admin.change(hardware -> Machines.with(hardware, queue, state));
  }

  /** Since 6.8: reset_queues_for_apids. */
  @ParameterizedTest
  @EnumSource
  void resetsWhatFilteringTakesFromAGuest(KernelProfile profile) {
    Admin admin = boot(profile);
    Mdev mdev = mdevOfAdapter6(admin);
    List<Apqn> zeroised = new ArrayList<>();
    admin.change(hardware -> hardware.onZeroise(zeroised::add));

    mdev.assignDomains(3);

    assertThat(mdev).hasGuestMatrix(".0001", ".0002", ".0003");
    if (profile.has(KernelRules.RESET_OF_FILTERED)) {
      assertThat(zeroised).containsExactly(Apqn.of(6, 1), Apqn.of(6, 2));
    } else {
      assertThat(zeroised).isEmpty();
    }
  }

  /** Since 6.8 deconfigured, since 6.12 checkstopped queues pass: _queue_passable. */
  @ParameterizedTest
  @EnumSource
  void passesQueuesByTheAnswerToTheirLastReset(KernelProfile profile) {
    assertThat(passes(profile, QueueState.DECONFIGURED))
        .isEqualTo(profile.get(KernelRules.PASSABLE).deconfigured());
    assertThat(passes(profile, QueueState.CHECKSTOPPED))
        .isEqualTo(profile.get(KernelRules.PASSABLE).checkstopped());
  }

  private static boolean passes(KernelProfile profile, QueueState state) {
    Admin admin = boot(profile);
    Mdev mdev = mdevOfAdapter6(admin);
    become(admin, "06.0001", state);
    mdev.unassignAdapters(6).assignAdapters(6);
    return mdev.state().guestMatrix().adapters().has(6);
  }

  /** vfio_ap_mdev_reset_queues: EIO since 6.8. */
  @ParameterizedTest
  @EnumSource
  void refusesTheResetOfAnMdevWhoseQueueIsNotReset(KernelProfile profile) {
    Admin admin = boot(profile);
    OpenMdev open = mdevOfAdapter6(admin).open(admin.host().guest("guest"));
    become(admin, "06.0002", QueueState.CHECKSTOPPED);

    assertRefused(profile.get(KernelRules.FAILED_RESET), open::reset);

    open.close();
  }

  /** Linux 6.8: a deconfigured queue was reset when it was deconfigured. */
  @ParameterizedTest
  @EnumSource(names = {"LINUX_6_8", "LINUX_6_12"})
  void takesADeconfiguredQueueForResetIn68Alone(KernelProfile profile) {
    Admin admin = boot(profile);
    OpenMdev open = mdevOfAdapter6(admin).open(admin.host().guest("guest"));
    become(admin, "06.0002", QueueState.DECONFIGURED);

    if (profile == KernelProfile.LINUX_6_8) {
      open.reset();
    } else {
      assertRefused(Errno.EIO, open::reset);
    }
    open.close();
  }

  @ParameterizedTest
  @EnumSource
  void triesAgainWhereAnotherResetIsInProgress(KernelProfile profile) {
    Admin admin = boot(profile);
    Mdev mdev = mdevOfAdapter6(admin);
    become(admin, "06.0001", QueueState.RESET_BUSY_ONCE);

    mdev.unassignAdapters(6).assignAdapters(6);

    assertThat(mdev).hasGuestMatrix("06.0001", "06.0002");
  }

  @ParameterizedTest
  @EnumSource
  void waitsForAStuckQueueOrKeepsItFromGuests(KernelProfile profile) throws InterruptedException {
    Admin admin = boot(profile);
    Mdev mdev = mdevOfAdapter6(admin);
    become(admin, "06.0001", QueueState.RESET_STUCK);
    CountDownLatch waiting = new CountDownLatch(1);
    admin.host().onWait(reason -> waiting.countDown());
    Task unassign = Task.start(() -> mdev.unassignAdapters(6));
    boolean waits = profile.get(KernelRules.WHEN_RESETTING) == WhenResetting.WAIT;
    if (waits) {
      waiting.await();
      become(admin, "06.0001", QueueState.OK);
    }

    assertThat(unassign.result()).isEqualTo("done");
    mdev.assignAdapters(6);

    assertThat(mdev.state().guestMatrix().adapters().has(6)).isEqualTo(waits);
  }

  @Test
  void holdsUpFilesOfVfioApAndNoOthers() throws InterruptedException {
    Admin admin = boot(KernelProfile.LINUX_6_12);
    Mdev mdev = mdevOfAdapter6(admin);
    become(admin, "06.0001", QueueState.RESET_STUCK);
    CountDownLatch resetting = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(2);
    admin
        .host()
        .onWait(
            reason -> {
              resetting.countDown();
              waiting.countDown();
            });
    Task unassign = Task.start(() -> mdev.unassignAdapters(6));
    resetting.await();
    Task reader = Task.start(() -> assertThat(mdev.cat("matrix")).isNotEmpty());
    waiting.await();

    assertThat(admin.cat("bus/ap/bindings")).isEqualTo("5/5 (complete)\n");

    become(admin, "06.0001", QueueState.OK);
    assertThat(unassign.result()).isEqualTo("done");
    assertThat(reader.result()).isEqualTo("done");
  }

  @Test
  void saysHowLongItHasWaited() throws InterruptedException {
    Admin admin = boot(KernelProfile.LINUX_6_12);
    Mdev mdev = mdevOfAdapter6(admin);
    become(admin, "06.0001", QueueState.RESET_STUCK);
    long position = admin.host().log().position();
    CountDownLatch waiting = new CountDownLatch(1);
    admin.host().onWait(reason -> waiting.countDown());
    Task unassign = Task.start(() -> mdev.unassignAdapters(6));
    waiting.await();
    become(admin, "06.0001", QueueState.OK);

    assertThat(unassign.result()).isEqualTo("done");
    assertThat(admin.host().log().linesSince(position))
        .extracting(LogLine::text)
        .startsWith("Waited 20ms for reset of queue 06.0001 (2, 1, 0)");
  }

  @Test
  void aSignalDoesNotEndTheWait() throws InterruptedException {
    Admin admin = boot(KernelProfile.LINUX_6_12);
    Mdev mdev = mdevOfAdapter6(admin);
    become(admin, "06.0001", QueueState.RESET_STUCK);
    CountDownLatch waiting = new CountDownLatch(1);
    admin.host().onWait(reason -> waiting.countDown());
    Task unassign = Task.start(() -> mdev.unassignAdapters(6));
    waiting.await();

    unassign.interrupt().interrupt();
    become(admin, "06.0001", QueueState.OK);

    assertThat(unassign.result()).isEqualTo("done");
  }

  /** VFIO_DEVICE_SET_IRQS knows the request since 6.5 and the configuration change since 6.15. */
  @ParameterizedTest
  @EnumSource
  void takesListenersForTheEventsThatTheKernelSends(KernelProfile profile) {
    Admin admin = boot(profile);
    OpenMdev open = mdevOfAdapter6(admin).open(admin.host().guest("guest"));

    for (MdevSignal signal : MdevSignal.values()) {
      if (signal.isKnownTo(profile)) {
        open.onSignal(signal, () -> {});
      } else {
        assertRefused(Errno.EINVAL, () -> open.onSignal(signal, () -> {}));
      }
    }
    open.close();
  }

  /** Since 6.15 each change of the guest's APCB is told, once: signal_guest_ap_cfg_changed. */
  @ParameterizedTest
  @EnumSource(names = {"LINUX_6_15", "LINUX_6_19", "LINUX_7_2"})
  void tellsOfEveryChangeOfTheGuestsConfiguration(KernelProfile profile) {
    Admin admin = boot(profile);
    Mdev mdev = admin.create(Admin.UUID1).assignAdapters(5);
    OpenMdev open = mdev.open(admin.host().guest("guest"));
    List<String> told = new ArrayList<>();
    open.onSignal(MdevSignal.CONFIGURATION_CHANGED, () -> told.add("cfg"));

    mdev.assignDomains(1).assignDomains(1).unassignDomains(1);
    open.reset();

    assertThat(told).containsExactly("cfg", "cfg");
    open.close();
  }
}
