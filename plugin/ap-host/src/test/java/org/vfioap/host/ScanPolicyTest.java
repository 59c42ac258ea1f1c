package org.vfioap.host;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;

/**
 * When the bus notices that adapter 6 arrives.
 *
 * <pre>
 *   immediate   at once
 *   stepped     at scan() or a write to scans
 *   timed       when config_time seconds of the machine's clock are over
 * </pre>
 */
class ScanPolicyTest {
  private Instant now = Instant.EPOCH;

  private Admin boot(ScanPolicy policy) {
    return Admin.of(
        ApHost.builder()
            .hardware(Machines.cards(ApMask.of(5), ApMask.of(1)))
            .scanPolicy(policy)
            .clock(() -> now)
            .boot());
  }

  private static void addAdapter6(ApHardware hardware) {
    hardware.adapters(ApMask.of(5, 6));
  }

  private void pass(int seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
  }

  @Test
  void immediateNoticesAtOnce() {
    Admin admin = boot(ScanPolicy.IMMEDIATE).change(ScanPolicyTest::addAdapter6);

    assertThat(admin).hasCards("card05", "card06").shows("bus/ap/scans", "2");
  }

  @Test
  void steppedNoticesWhenToldTo() {
    Admin admin = boot(ScanPolicy.STEPPED).change(ScanPolicyTest::addAdapter6);
    pass(1000);
    assertThat(admin).hasCards("card05");

    admin.host().scan();

    assertThat(admin).hasCards("card05", "card06");
  }

  @Test
  void steppedNoticesAtAWriteToScans() {
    Admin admin = boot(ScanPolicy.STEPPED).change(ScanPolicyTest::addAdapter6);

    admin.echo("anything", "bus/ap/scans");

    assertThat(admin).hasCards("card05", "card06").shows("bus/ap/scans", "2");
  }

  @Test
  void timedNoticesWhenTheTimeIsOver() {
    Admin admin = boot(ScanPolicy.TIMED).change(ScanPolicyTest::addAdapter6);

    pass(29);
    assertThat(admin).hasCards("card05");

    pass(1);
    assertThat(admin).hasCards("card05", "card06");
  }

  @Test
  void timedFollowsConfigTime() {
    Admin admin = boot(ScanPolicy.TIMED).echo("5", "bus/ap/config_time");
    admin.change(ScanPolicyTest::addAdapter6);

    pass(5);

    assertThat(admin).hasCards("card05", "card06");
  }

  @Test
  void timedScansOnceHoweverLongNobodyLooked() {
    Admin admin = boot(ScanPolicy.TIMED);
    pass(3600);

    assertThat(admin).shows("bus/ap/scans", "2").shows("bus/ap/scans", "2");
  }

  @Test
  void timedCountsFromTheLastScan() {
    Admin admin = boot(ScanPolicy.TIMED);
    pass(20);
    admin.echo("1", "bus/ap/scans");

    pass(20);
    assertThat(admin).shows("bus/ap/scans", "2");

    pass(10);
    assertThat(admin).shows("bus/ap/scans", "3");
  }

  @Test
  void timedScansForAProgramThatOnlyWaits() {
    Admin admin = boot(ScanPolicy.TIMED).change(ScanPolicyTest::addAdapter6);
    pass(30);

    assertThat(admin.eventsOf(admin.host()::scanIfDue))
        .startsWith("add@/devices/ap/card06")
        .endsWith("bind@/devices/ap/card06/06.0001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "121", "-5", "soon", ""})
  void refusesOtherPeriods(String seconds) {
    Admin admin = boot(ScanPolicy.TIMED);

    assertRefused(Errno.EINVAL, () -> admin.echo(seconds, "bus/ap/config_time"));

    assertThat(admin).shows("bus/ap/config_time", "30");
  }

  @Test
  void logTimesComeFromTheClock() {
    Admin admin = boot(ScanPolicy.STEPPED);
    pass(12);

    assertRefused(Errno.EINVAL, () -> admin.echo("junk", "devices/ap/card05/uevent"));

    assertThat(admin.host().log().lines()).singleElement().asString().startsWith("[   12.000000]");
  }
}
