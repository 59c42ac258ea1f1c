package org.vfioap.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;

/** What JUnit tells of tests that use the extension: run from outside. */
class ExtensionTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String CREATE =
      "/sys/devices/vfio_ap/matrix/mdev_supported_types/vfio_ap-passthrough/create";
  private static final Map<String, String> PARALLEL =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.config.strategy", "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism", "8");

  @VfioAp("dokument")
  @Disabled(Kit.ONLY)
  static class WrongPreset {
    @Test
    void never() {}
  }

  @Test
  void aWrongPresetIsToldBeforeTheTest() {
    Kit kit = Kit.run(WrongPreset.class);
    assertThat(kit.succeeded()).isZero();
    assertThat(kit.failures()).contains("'dokument' is no preset", "did you mean document?");
  }

  @VfioAp(yaml = "domains: [256]")
  @Disabled(Kit.ONLY)
  static class WrongYaml {
    @Test
    void never() {}
  }

  @Test
  void wrongYamlIsToldWithItsPlace() {
    assertThat(Kit.run(WrongYaml.class).failures()).contains("yaml:1:11: ", "256");
  }

  @VfioAp(value = "z16", yaml = "domains: [4]")
  @Disabled(Kit.ONLY)
  static class Both {
    @Test
    void never() {}
  }

  @VfioAp(profile = {KernelProfile.DOCUMENTED, KernelProfile.LINUX_6_1})
  @Disabled(Kit.ONLY)
  static class TwoKernels {
    @Test
    void never() {}
  }

  @Test
  void combinationsThatCannotBeAreTold() {
    assertThat(Kit.run(Both.class).failures()).contains("both value ('z16') and yaml");
    assertThat(Kit.run(TwoKernels.class).failures()).contains("@EveryKernel");
  }

  @VfioAp
  @Disabled(Kit.ONLY)
  static class Unknown {
    @Test
    void what(@Sys String sys) {}

    @Test
    void which(@On("b") Path sys) {}

    @Test
    void machine(@On("b") ApHost host) {}
  }

  @Test
  void whatCannotBeHadIsRefusedWithWhatCan() {
    assertThat(Kit.run(Unknown.class).failures())
        .contains("allowed: Fixture, ApHost, Machine", "there is no machine 'b'");
  }

  @VfioAp
  @Disabled(Kit.ONLY)
  static class UnusedFault {
    @Test
    void neverUnplugs(@Guest FixtureGuest guest) {
      guest.faults().unplug().reject().once();
    }

    @Test
    void unknownCommand(@Guest FixtureGuest guest) {
      guest.faults().command("device-del");
    }

    @Test
    void neverWrites(Fixture fixture) {
      fixture.faults().before("/sys/**/assign_domain").run(() -> {});
    }
  }

  @Test
  void aFaultThatDidNotHappenFailsTheTest() {
    assertThat(Kit.run(UnusedFault.class).failures())
        .contains("1 fault was not used: guest1: next device_del: rejected by the guest")
        .contains("commands that came: []")
        .contains("next write of /sys/**/assign_domain")
        .contains("unknown command 'device-del'; did you mean device_del?");
  }

  @VfioAp(lifecycle = VfioAp.Lifecycle.PER_CLASS)
  @Disabled(Kit.ONLY)
  static class Leaking {
    @Test
    void leaves(Fixture fixture) {
      fixture.write("/sys/bus/ap/apmask", "-5");
      fixture.write(CREATE, UUID);
    }

    @Test
    void findsNothingOfIt(ApHost host) {
      assertThat(host.mdevs()).isEmpty();
    }
  }

  @VfioAp(leaks = VfioAp.Leaks.REPORT)
  @Disabled(Kit.ONLY)
  static class Reported {
    @Test
    void leaves(Fixture fixture) {
      fixture.write(CREATE, UUID);
    }
  }

  @Test
  void whatIsLeftBehindIsNamed() {
    Kit kit = Kit.run(Leaking.class);
    assertThat(kit.failures())
        .contains("left behind: mdev " + UUID + " (write 1 to its remove)", "apmask 0xfb");
    assertThat(kit.succeeded()).isEqualTo(1);

    Kit reported = Kit.run(Reported.class);
    assertThat(reported.failures()).isEmpty();
    assertThat(reported.published()).anyMatch(each -> each.contains("left behind: mdev"));
  }

  @VfioAp
  @Disabled(Kit.ONLY)
  static class Failing {
    @Test
    void fails(Fixture fixture, @Guest FixtureGuest guest) {
      fixture.write("/sys/bus/ap/apmask", "-5");
      throw new AssertionError("05.0004 is missing");
    }
  }

  @VfioAp
  @Disabled(Kit.ONLY)
  static class FailingBefore {
    @BeforeEach
    void fails(Fixture fixture) {
      throw new AssertionError("before");
    }

    @Test
    void never() {}
  }

  @VfioAp
  @Disabled(Kit.ONLY)
  static class FailingAfter {
    @Test
    void passes(Fixture fixture) {}

    @AfterEach
    void fails() {
      throw new AssertionError("after");
    }
  }

  @VfioAp
  @Disabled(Kit.ONLY)
  static class Passing {
    @Test
    void passes(Fixture fixture, @Guest FixtureGuest guest) {}
  }

  @Test
  void aTestThatFailedPublishesWhatExplainsIt() {
    assertThat(Kit.run(Failing.class).published())
        .anyMatch(each -> each.contains("apmask 0xfb") && each.contains("guest guest1 has"))
        .anyMatch(each -> each.contains("writes.txt"))
        .anyMatch(each -> each.contains("explain.txt"))
        .anyMatch(each -> each.contains("machine.yaml"));
    assertThat(Kit.run(FailingBefore.class).published()).isNotEmpty();
    assertThat(Kit.run(FailingAfter.class).published()).isNotEmpty();
    assertThat(Kit.run(Passing.class).published()).isEmpty();
  }

  private static final AtomicInteger TOGETHER = new AtomicInteger();
  private static final AtomicInteger OVERLAPS = new AtomicInteger();
  private static final Set<ApHost> HOSTS = ConcurrentHashMap.newKeySet();

  @VfioAp
  @Execution(ExecutionMode.CONCURRENT)
  @Disabled(Kit.ONLY)
  static class Concurrent {
    @RepeatedTest(200)
    void hasAMachineOfItsOwn(@Sys Path sys, ApHost host) throws Exception {
      assertThat(HOSTS.add(host)).isTrue();
      assertThat(Files.readString(sys.resolve("bus/ap/apmask"))).startsWith("0xff");
      Files.writeString(sys.resolve("bus/ap/apmask"), "-5");
      assertThat(Files.readString(sys.resolve("bus/ap/apmask"))).startsWith("0xfb");
    }
  }

  @VfioAp(lifecycle = VfioAp.Lifecycle.PER_CLASS)
  @Execution(ExecutionMode.CONCURRENT)
  @Disabled(Kit.ONLY)
  static class Shared {
    @RepeatedTest(50)
    void runsAlone(Fixture fixture) {
      if (TOGETHER.incrementAndGet() > 1) {
        OVERLAPS.incrementAndGet();
      }
      fixture.read("/sys/bus/ap/apmask");
      fixture.write("/sys/bus/ap/config_time", "20");
      TOGETHER.decrementAndGet();
    }
  }

  @Test
  void concurrentTestsShareNothing() {
    Kit kit = Kit.run(PARALLEL, Concurrent.class);
    assertThat(kit.failures()).isEmpty();
    assertThat(kit.succeeded()).isEqualTo(200);
    assertThat(HOSTS).hasSize(200);
    HOSTS.clear();
  }

  @Test
  void testsOfASharedMachineNeverOverlap() {
    Kit kit = Kit.run(PARALLEL, Shared.class);
    assertThat(kit.failures()).isEmpty();
    assertThat(OVERLAPS).hasValue(0);
  }

  @VfioAp("z16")
  @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
  @interface BigMachine {}

  @BigMachine
  @Disabled(Kit.ONLY)
  static class Meta {
    @Test
    void hasIt(Fixture fixture) {
      assertThat(fixture.read("/sys/devices/ap/card00/type")).isEqualTo("CEX8C\n");
    }
  }

  @Test
  void anAnnotationOfOnesOwnCarriesTheMachine() {
    assertThat(Kit.run(Meta.class).succeeded()).isEqualTo(1);
  }

  @VfioAp
  @Disabled(Kit.ONLY)
  static class OnAMount {
    @Test
    void reads(@Mounted Path sys) {
      assertThat(sys.resolve("bus/ap").toFile()).isDirectory();
    }
  }

  @Test
  void aMountIsThereOrTheTestIsSkipped() {
    Kit kit = Kit.run(OnAMount.class);
    assertThat(kit.failures()).isEmpty();
    if (kit.succeeded() == 0) {
      assertThat(kit.skipped()).isNotEmpty();
    }
  }

  @ExtendWith(VfioApExtension.class)
  @Disabled(Kit.ONLY)
  static class WithoutAnnotation {
    @Test
    void never(ApHost host) {}
  }

  @Test
  void withoutAMachineNothingIsGiven() {
    assertThat(Kit.run(WithoutAnnotation.class).failures()).contains("ApHost");
  }
}
