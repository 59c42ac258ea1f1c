package org.vfioap.sysfs;

import static org.vfioap.lab.LabAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;

/**
 * What each writable file answers, and what it shows afterwards.
 *
 * <pre>
 *   05.0001 05.0002  with the host's drivers      06.0001 06.0002  passed
 * </pre>
 */
class StoresTest {
  private static final String MATRIX = "devices/vfio_ap/matrix/";

  private final Admin admin =
      Admin.boot(Machines.cards(ApMask.of(5, 6), ApMask.of(1, 2)), KernelProfile.LINUX_6_1)
          .echo("-6", "bus/ap/apmask");

  private String answer(String path, String text) {
    try {
      admin.echo(text, path);
      return "ok";
    } catch (KernelRefusal refusal) {
      return refusal.errno().name();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ap_domain, 2, ok, 2",
    "ap_domain, 0x2, ok, 2",
    "ap_domain, ' 2 and more', ok, 2",
    "ap_domain, 256, EINVAL, 1",
    "ap_domain, -1, EINVAL, 1",
    "ap_domain, two, EINVAL, 1",
    "config_time, 5, ok, 5",
    "config_time, 120, ok, 120",
    "config_time, 4, EINVAL, 30",
    "config_time, 121, EINVAL, 30",
    "config_time, +60, EINVAL, 30",
    "poll_thread, 0, ok, 0",
    "poll_thread, 1, ok, 0",
    "poll_thread, on, EINVAL, 0",
    "poll_timeout, 1, ok, 1",
    "poll_timeout, 120000000000, ok, 120000000000",
    "poll_timeout, 0, EINVAL, 250000",
    "poll_timeout, 120000000001, EINVAL, 250000",
    "poll_timeout, -1, EINVAL, 250000",
    "drivers_autoprobe, 0, ok, 0",
    "drivers_autoprobe, yes, ok, 1",
    "scans, '', ok, 2"
  })
  void busSettingsTakeOrRefuse(String file, String text, String answer, String shown) {
    assertThat(answer("bus/ap/" + file, text)).isEqualTo(answer);

    assertThat(admin).shows("bus/ap/" + file, shown);
  }

  @Test
  void defaultDomainHasToBeInTheMask() {
    admin.echo("-2", "bus/ap/aqmask");

    assertThat(answer("bus/ap/ap_domain", "2")).isEqualTo("EINVAL");
  }

  @ParameterizedTest
  @CsvSource({
    "bus/ap/drivers/cex4queue/bind, 05.0001, EBUSY",
    "bus/ap/drivers/cex4queue/bind, 06.0001, EBUSY",
    "bus/ap/drivers/cex4queue/bind, 07.0001, ENODEV",
    "bus/ap/drivers/cex4queue/bind, card05, ENODEV",
    "bus/ap/drivers/cex4queue/bind, junk, ENODEV",
    "bus/ap/drivers/cex4queue/unbind, 05.0001, ok",
    "bus/ap/drivers/cex4queue/unbind, 06.0001, ENODEV",
    "bus/ap/drivers/cex4queue/unbind, 05.1, ENODEV",
    "bus/ap/drivers/vfio_ap/unbind, 06.0001, ok",
    "bus/ap/drivers/cex2acard/bind, card05, ENODEV",
    "bus/ap/drivers_probe, 05.0001, ok",
    "bus/ap/drivers_probe, 09.0001, ENODEV",
    "bus/mdev/drivers/vfio_ap_mdev/bind, 62177883-f1bb-47f0-914d-32a22e3a8804, ENODEV",
    "bus/mdev/drivers_probe, junk, ENODEV"
  })
  void driversBindOrRefuse(String path, String text, String answer) {
    assertThat(answer(path, text)).isEqualTo(answer);
  }

  @Test
  void masksDecideWhoMayBindAFreeQueue() {
    admin.echo("06.0001", "bus/ap/drivers/vfio_ap/unbind");

    assertThat(answer("bus/ap/drivers/cex4queue/bind", "06.0001")).isEqualTo("ENODEV");
    assertThat(answer("bus/ap/drivers/vfio_ap/bind", "06.0001")).isEqualTo("ok");
  }

  @Test
  void probingFindsTheDriverOfAFreeQueue() {
    admin.echo("05.0001", "bus/ap/drivers/cex4queue/unbind");

    admin.echo("05.0001", "bus/ap/drivers_probe");

    assertThat(admin).bindsTo("cex4queue", "05.0001", "05.0002");
  }

  @ParameterizedTest
  @CsvSource({
    "config, 0, ok, 0",
    "config, 1, ok, 1",
    "config, 2, EINVAL, 1",
    "config, -1, EINVAL, 1",
    "config, off, EINVAL, 1",
    "online, 0, ok, 0",
    "online, 1, ok, 1",
    "online, 2, EINVAL, 1",
    "request_count, anything, ok, 0",
    "05.0001/online, 0, ok, 0",
    "05.0001/online, 1, ok, 1",
    "05.0001/online, yes, EINVAL, 1",
    "05.0001/request_count, anything, ok, 0",
    "05.0001/reset, anything, ok, No Reset Timer set.",
    "power/control, on, ok, auto",
    "power/control, off, EINVAL, auto"
  })
  void cardAndQueueTakeOrRefuse(String file, String text, String answer, String shown) {
    String path = "devices/ap/card05/" + file;

    assertThat(answer(path, text)).isEqualTo(answer);

    assertThat(admin).shows(path, shown);
  }

  @Test
  void delayOfAutosuspendIsAnInputOutputError() {
    assertThat(answer("devices/ap/card05/power/autosuspend_delay_ms", "5")).isEqualTo("EIO");
  }

  @Test
  void deconfiguredCardCannotGoOnline() {
    admin.echo("0", "devices/ap/card05/config");

    assertThat(answer("devices/ap/card05/online", "1")).isEqualTo("ENODEV");
    assertThat(answer("devices/ap/card05/05.0001/online", "1")).isEqualTo("ENODEV");
    assertThat(answer("devices/ap/card05/online", "0")).isEqualTo("ok");
  }

  @Test
  void queueOfAnOfflineCardCannotGoOnline() {
    admin.echo("0", "devices/ap/card05/online");

    assertThat(answer("devices/ap/card05/05.0001/online", "1")).isEqualTo("EINVAL");
  }

  @Test
  void cardTakesItsQueuesOfflineAndOnline() {
    admin.echo("0", "devices/ap/card05/online");
    assertThat(admin).shows("devices/ap/card05/05.0002/online", "0");

    admin.echo("1", "devices/ap/card05/online");

    assertThat(admin).shows("devices/ap/card05/05.0002/online", "1");
  }

  @ParameterizedTest
  @CsvSource({
    "62177883-f1bb-47f0-914d-32a22e3a8804, ok",
    "62177883-F1BB-47F0-914D-32A22E3A8804, ok",
    "62177883-f1bb-47f0-914d-32a22e3a880, EINVAL",
    "62177883-f1bb-47f0-914d-32a22e3a88044, EINVAL",
    "62177883f1bb-47f0-914d-32a22e3a8804-, EINVAL",
    "g2177883-f1bb-47f0-914d-32a22e3a8804, EINVAL",
    "'', EINVAL"
  })
  void createWantsAUuid(String text, String answer) {
    assertThat(answer(Admin.CREATE, text)).isEqualTo(answer);

    assertThat(admin.host().mdevs()).hasSize(answer.equals("ok") ? 1 : 0);
  }

  @Test
  void createNamesTheMdevInLowerCase() {
    admin.echo("62177883-F1BB-47F0-914D-32A22E3A8804", Admin.CREATE);

    assertThat(admin.host().mdevs().get(0).uuid()).isEqualTo(Admin.UUID1);
    assertThat(answer(Admin.CREATE, Admin.UUID1)).isEqualTo("EEXIST");
  }

  @ParameterizedTest
  @CsvSource({
    "0, ok, true",
    "1, ok, false",
    "0x10, ok, false",
    "-1, EINVAL, true",
    "x, EINVAL, true",
    "18446744073709551616, EINVAL, true"
  })
  void removeWantsANumber(String text, String answer, boolean remains) {
    admin.create(Admin.UUID1);

    assertThat(answer(MATRIX + Admin.UUID1 + "/remove", text)).isEqualTo(answer);

    assertThat(admin.host().mdevs()).hasSize(remains ? 1 : 0);
  }

  @Test
  void groupsTakeTheLowestFreeNumber() {
    admin.create(Admin.UUID1);
    admin.create(Admin.UUID2);
    admin.host().sysfs().write("/sys/" + MATRIX + Admin.UUID1 + "/remove", "1");

    admin.create(Admin.UUID3);

    assertThat(admin.ls("class/vfio")).containsExactly("0", "1");
    assertThat(admin.ls("kernel/iommu_groups/0/devices")).containsExactly(Admin.UUID3);
  }

  @Test
  void newerKernelTellsItsFeatures() {
    Admin newer = Admin.boot(Machines.cards(ApMask.of(5), ApMask.of(1)), KernelProfile.LINUX_6_12);

    assertThat(newer)
        .shows("bus/ap/features", "APSC APXA")
        .shows("devices/ap/card05/05.0001/ap_functions", "0x92800000");
  }
}
