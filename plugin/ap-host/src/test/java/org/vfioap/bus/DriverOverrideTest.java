package org.vfioap.bus;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRules;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;

/**
 * {@code driver_override} of queues: Linux 6.19 ap_queue.c driver_override_store, ap_bus.c
 * ap_device_probe, ap_owned_by_def_drv, apmask_store.
 *
 * <pre>
 *              domain 1   domain 2
 *   adapter 5   05.0001    05.0002
 * </pre>
 */
class DriverOverrideTest {
  private static final String QUEUE = "05.0001";
  private static final String OVERRIDE = "devices/ap/card05/05.0001/driver_override";

  private final Admin admin = boot(KernelProfile.LINUX_6_19);

  private static Admin boot(KernelProfile profile) {
    return Admin.boot(Machines.cards(ApMask.of(5), ApMask.of(1, 2)), profile);
  }

  private Admin override(String driver) {
    return admin.echo(driver, OVERRIDE);
  }

  private Admin giveToVfioAp() {
    return override("vfio_ap")
        .echo(QUEUE, "bus/ap/drivers/cex4queue/unbind")
        .echo(QUEUE, "bus/ap/drivers_probe");
  }

  @ParameterizedTest
  @EnumSource
  void isThereSinceLinux619(KernelProfile profile) {
    boolean wanted = profile.has(KernelRules.DRIVER_OVERRIDE);

    assertThat(boot(profile).host().sysfs().exists("/sys/" + OVERRIDE)).isEqualTo(wanted);
    assertThat(wanted).isEqualTo(profile.compareTo(KernelProfile.LINUX_6_19) >= 0);
  }

  @Test
  void showsAnEmptyLineUntilItIsSet() {
    assertThat(admin.cat(OVERRIDE)).isEqualTo("\n");
    assertThat(override("vfio_ap").cat(OVERRIDE)).isEqualTo("vfio_ap\n");
    assertThat(override("").cat(OVERRIDE)).isEqualTo("\n");
  }

  @Test
  void keepsWhatStandsBeforeTheFirstNewline() {
    assertThat(override(" no driver \nvfio_ap").cat(OVERRIDE)).isEqualTo(" no driver \n");
  }

  @Test
  void refusesFourThousandAndNinetyFiveBytes() {
    override("x".repeat(4093));

    assertRefused(Errno.EINVAL, () -> override("x".repeat(4094)));
  }

  @Test
  void bindsNothingByItself() {
    override("vfio_ap");

    assertThat(admin).bindsTo("cex4queue", QUEUE, "05.0002");
  }

  @Test
  void givesTheQueueToThatDriverWhateverTheMasksSay() {
    giveToVfioAp();

    assertThat(admin).bindsTo("vfio_ap", QUEUE).bindsTo("cex4queue", "05.0002");
  }

  @Test
  void refusesEveryOtherDriver() {
    override("vfio_ap").echo(QUEUE, "bus/ap/drivers/cex4queue/unbind");

    assertRefused(Errno.ENODEV, () -> admin.echo(QUEUE, "bus/ap/drivers/cex4queue/bind"));
  }

  @Test
  void leavesTheQueueUnboundToANameOfNoDriver() {
    override("nobody")
        .echo(QUEUE, "bus/ap/drivers/cex4queue/unbind")
        .echo(QUEUE, "bus/ap/drivers_probe");

    assertThat(admin).hasNo("devices/ap/card05/05.0001/driver");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "+5", "nonsense", ""})
  void refusesEveryMaskWriteWhileThereIsOne(String mask) {
    override("vfio_ap");

    assertRefused(Errno.EINVAL, () -> admin.echo(mask, "bus/ap/apmask"));
    assertRefused(Errno.EINVAL, () -> admin.echo(mask, "bus/ap/aqmask"));
  }

  @Test
  void acceptsMaskWritesAgainOnceItIsCleared() {
    override("vfio_ap");
    override("").echo("-5", "bus/ap/apmask");

    assertThat(admin).bindsTo("vfio_ap", QUEUE, "05.0002");
  }

  @Test
  void isRefusedWhileAWrittenMaskIsNotAllOnes() {
    admin.echo("-7", "bus/ap/apmask");

    assertRefused(Errno.EINVAL, () -> override("vfio_ap"));

    admin.echo("+7", "bus/ap/apmask");
    assertThat(override("vfio_ap").cat(OVERRIDE)).isEqualTo("vfio_ap\n");
  }

  @Test
  void keepsTheMasksLockedWhenItsQueueLeavesTheMachine() {
    override("vfio_ap").change(hardware -> hardware.adapters(ApMask.NONE));

    assertRefused(Errno.EINVAL, () -> admin.echo("-5", "bus/ap/apmask"));
  }

  @Test
  void reservesAQueueOfTheHostsDriverOnlyWhileItIsBoundToIt() {
    Mdev mdev = admin.create(Admin.UUID1).assignAdapters(5);
    override("vfio_ap");
    assertRefused(Errno.EADDRNOTAVAIL, () -> mdev.assignDomains(1));

    admin.echo(QUEUE, "bus/ap/drivers/cex4queue/unbind");
    assertRefused(Errno.EADDRNOTAVAIL, () -> mdev.assignDomains(1));

    admin.echo(QUEUE, "bus/ap/drivers_probe");
    assertThat(mdev.assignDomains(1)).hasGuestMatrix(QUEUE);
    assertRefused(Errno.EADDRNOTAVAIL, () -> mdev.assignDomains(2));
  }

  @Test
  void theNextMaskWriteTakesAnUnsetQueueBackFromItsGuest() {
    giveToVfioAp();
    Mdev mdev = admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1);
    override("").echo("-200", "bus/ap/apmask");

    assertThat(admin).bindsTo("cex4queue", QUEUE, "05.0002");
    assertThat(mdev).hasMatrix(QUEUE).hasGuestMatrix(".0001");
  }
}
