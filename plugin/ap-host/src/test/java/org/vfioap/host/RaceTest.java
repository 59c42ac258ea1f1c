package org.vfioap.host;

import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.KernelRules;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;

/**
 * Two writers that want the same thing at the same instant, many times over.
 *
 * <pre>
 *   writer 1  --&gt;  05.0001  &lt;--  writer 2        one gets it, or both things happen, never half
 * </pre>
 */
@Timeout(60)
class RaceTest {
  private static final int ROUNDS = 1000;

  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    other.shutdownNow();
  }

  /** Runs both at the same instant and returns their answers. */
  private List<String> race(Runnable first, Runnable second) {
    StartingLine line = new StartingLine(2);
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> answer(line, second), other);
    return List.of(answer(line, first), answer.join());
  }

  private static String answer(StartingLine line, Runnable action) {
    line.await();
    try {
      action.run();
      return "done";
    } catch (KernelRefusal refusal) {
      return refusal.errno().name();
    }
  }

  private static void repeat(IntConsumer round) {
    for (int i = 0; i < ROUNDS; i++) {
      round.accept(i);
    }
  }

  private static Admin boot(KernelProfile profile) {
    return Admin.bootAllPassed(Machines.cards(ApMask.of(5, 6), ApMask.of(1)), profile);
  }

  @ParameterizedTest
  @EnumSource(names = {"DOCUMENTED", "LINUX_6_1", "LINUX_7_2"})
  void givesAQueueToOneOfTwoMdevs(KernelProfile profile) {
    Admin admin = boot(profile);
    Mdev mdev1 = admin.create(Admin.UUID1).assignDomains(1);
    Mdev mdev2 = admin.create(Admin.UUID2).assignDomains(1);

    repeat(
        round -> {
          List<String> answers = race(() -> mdev1.assignAdapters(5), () -> mdev2.assignAdapters(5));

          assertThat(answers)
              .as("round %d", round)
              .containsExactlyInAnyOrder("done", profile.get(KernelRules.SHARED_APQN).name());
          mdev1.unassignAdapters(5);
          mdev2.unassignAdapters(5);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"DOCUMENTED", "LINUX_6_1", "LINUX_7_2"})
  void losesNeitherOfTwoAssignments(KernelProfile profile) {
    Admin admin = boot(profile);
    Mdev mdev = admin.create(Admin.UUID1).assignDomains(1);

    repeat(
        round -> {
          race(() -> mdev.assignAdapters(5), () -> mdev.assignAdapters(6));

          assertThat(mdev).as("round %d", round).hasGuestMatrix("05.0001", "06.0001");
          mdev.unassignAdapters(5, 6);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"DOCUMENTED", "LINUX_6_1", "LINUX_7_2"})
  void createsOneOfTwoMdevsOfTheSameName(KernelProfile profile) {
    Admin admin = boot(profile);

    repeat(
        round -> {
          List<String> answers =
              race(() -> admin.create(Admin.UUID1), () -> admin.create(Admin.UUID1));

          assertThat(answers).as("round %d", round).containsExactlyInAnyOrder("done", "EEXIST");
          admin.echo("1", Admin.MATRIX + Admin.UUID1 + "/remove");
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"DOCUMENTED", "LINUX_6_1", "LINUX_7_2"})
  void reservesAQueueOrAssignsIt(KernelProfile profile) {
    Admin admin = boot(profile).echo("+1", "bus/ap/aqmask");
    Mdev mdev = admin.create(Admin.UUID1).assignDomains(1);

    repeat(
        round -> {
          List<String> answers =
              race(() -> admin.echo("+5", "bus/ap/apmask"), () -> mdev.assignAdapters(5));

          assertThat(answers)
              .as("round %d", round)
              .isIn(
                  List.of("done", "EADDRNOTAVAIL"),
                  List.of("done", "EBUSY"),
                  List.of("EBUSY", "done"));
          mdev.unassignAdapters(5);
          admin.echo("-5", "bus/ap/apmask");
        });
  }
}
