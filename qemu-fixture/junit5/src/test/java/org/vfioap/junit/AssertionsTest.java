package org.vfioap.junit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.vfioap.junit.assertions.VfioApAssertions.assertThat;
import static org.vfioap.junit.assertions.VfioApAssertions.assertThatRefusal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.qemu.client.QmpClient;

/** Assertions hold, and tell the rule where they do not. */
@VfioAp(
    yaml =
        """
        boot: {apmask: "+0-255,-5"}
        adapters: {5: {type: CEX8}, 6: {type: CEX8}}
        domains: [4]
        mdevs: [{uuid: 62177883-f1bb-47f0-914d-32a22e3a8804, adapters: [5], domains: [4]}]
        """)
class AssertionsTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";

  private static void fails(String text, ThrowingCallable call) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(call)
        .satisfies(
            error -> org.assertj.core.api.Assertions.assertThat(error.getMessage()).contains(text));
  }

  @Test
  void ofAHost(ApHost host) {
    assertThat(host).queue("05.0004").isBoundTo("vfio_ap");
    assertThat(host).queue("06.0004").isHostOwned();
    assertThat(host).queue("07.0004").isAbsent();
    assertThat(host).hasMasks("+0-255,-5", "+0-255");
    assertThat(host).mdev(UUID).hasMatrix("05.0004").hasGuestMatrix("05.0004").isFree();
    assertThat(host).hasNoMdev("cef03c3c-903d-4ecc-9a83-40694cb8aee4");
    assertThat(host).matchesGolden("two-cards");
  }

  @Test
  void ofAHostWithTheRule(ApHost host) {
    fails(
        "expected 05.0004 to be the host's, but it has vfio_ap",
        () -> assertThat(host).queue("05.0004").isHostOwned());
    fails("06.0004 is in no guest: ", () -> assertThat(host).queue("06.0004").isBoundTo("vfio_ap"));
    fails("but there are [" + UUID + "]", () -> assertThat(host).mdev("none"));
  }

  @Test
  @DisabledIfSystemProperty(named = "vfioap.golden", matches = "update")
  void ofAStateThatIsNotThere(ApHost host) {
    fails("write it with -Dvfioap.golden=update", () -> assertThat(host).matchesGolden("none"));
  }

  @Test
  void ofAGuest(@Guest(mdev = UUID) FixtureGuest guest, ApHost host) throws Exception {
    assertThat(guest).hasQueues("05.0004");
    assertThat(guest)
        .hasFeatures(CpuFeature.AP, CpuFeature.APQCI)
        .hasOnlyFeatures(CpuFeature.AP, CpuFeature.APQCI, CpuFeature.APFT, CpuFeature.APQI);
    assertThat(host).mdev(UUID).isInUseBy("guest1");
    try (QmpClient product = QmpClient.connect(guest.qmpSocket())) {
      product.execute("query-status");
    }
    assertThat(guest.journal())
        .commands("qmp_capabilities", "query-status")
        .received("query-status", Map.of());
    fails("expected guest1 to have [06.0004]", () -> assertThat(guest).hasQueues("06.0004"));
  }

  @Test
  void ofARefusal(@Sys Path sys, ApHost host) {
    assertThatRefusal(() -> Files.writeString(sys.resolve("bus/ap/apmask"), "+5"))
        .isErrno(Errno.EBUSY);
    assertThatRefusal(host, () -> Files.writeString(sys.resolve("bus/ap/apmask"), "+5"))
        .logged("already assigned to");
    fails(
        "expected a line with 'nothing' in the kernel log, but it got ",
        () ->
            assertThatRefusal(host, () -> Files.writeString(sys.resolve("bus/ap/apmask"), "+5"))
                .logged("nothing"));
    fails(
        "expected the kernel to refuse, but it did not",
        () -> assertThatRefusal(() -> Files.writeString(sys.resolve("bus/ap/apmask"), "-6")));
  }
}
