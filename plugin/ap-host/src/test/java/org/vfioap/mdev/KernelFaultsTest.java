package org.vfioap.mdev;

import static org.vfioap.lab.LabAssertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.QueueState;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;

/**
 * Places where Linux 6.1.192 touches freed memory or a null pointer; here they end sensibly.
 *
 * <pre>
 *              domain 1   domain 2   domain 3
 *   adapter 5   05.0001    05.0002    05.0003
 *   adapter 6   06.0001    06.0002    absent
 * </pre>
 */
class KernelFaultsTest {
  private static Admin boot(KernelProfile profile) {
    return Admin.bootAllPassed(
        Machines.with(
            Machines.cards(ApMask.of(5, 6), ApMask.of(1, 2, 3)), "06.0003", QueueState.ABSENT),
        profile);
  }

  @ParameterizedTest
  @EnumSource
  void losesAQueueOfAFilteredAdapterAfterItsMdevWent(KernelProfile profile) {
    Admin admin = boot(profile);
    Mdev mdev = admin.create(Admin.UUID1).assignAdapters(5, 6).assignDomains(1, 3);
    mdev.unassignAdapters(6);
    mdev.remove();

    admin.change(hardware -> hardware.adapters(ApMask.of(5)));

    assertThat(admin).bindsTo("vfio_ap", "05.0001", "05.0002", "05.0003");
  }

  @ParameterizedTest
  @EnumSource
  void unplugsSeveralQueuesAtOnce(KernelProfile profile) {
    Admin admin = boot(profile);
    Mdev mdev = admin.create(Admin.UUID1).assignAdapters(5, 6).assignDomains(1, 2);
    Guest guest = mdev.start("guest");

    mdev.unassignAdapters(5, 6);

    assertThat(guest).addresses(".0001", ".0002");
    assertThat(admin).hasStatus("unassigned", "05.0001", "05.0002", "06.0001", "06.0002");
  }

  @ParameterizedTest
  @EnumSource
  void writesAMaskBesideAQueueWithoutDriver(KernelProfile profile) {
    Admin admin = boot(profile).echo("05.0001", "bus/ap/drivers/vfio_ap/unbind");

    admin.echo("+9", "bus/ap/apmask");

    assertThat(admin)
        .reserves("9", "")
        .hasNo("devices/ap/card05/05.0001/driver")
        .bindsTo("vfio_ap", "05.0002", "05.0003", "06.0001", "06.0002");
  }
}
