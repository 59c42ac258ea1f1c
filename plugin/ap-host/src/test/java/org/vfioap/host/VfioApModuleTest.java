package org.vfioap.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.mdev.Guest;
import org.vfioap.mdev.OpenMdev;
import org.vfioap.sysfs.OpenFile;
import org.vfioap.sysfs.SysfsTree.Access;

/**
 * {@code modprobe vfio_ap} and {@code rmmod vfio_ap}.
 *
 * <pre>
 *   05.0001 05.0002   all passed; mdev 1 has 05.0001
 * </pre>
 */
class VfioApModuleTest {
  private final Admin admin = Admin.bootAllPassed(Machines.cards(ApMask.of(5), ApMask.of(1, 2)));
  private final ApHost host = admin.host();

  @Test
  void unloadingTakesMdevsAndDirectoriesAway() {
    admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1);

    host.unloadVfioAp();

    assertThat(host.mdevs()).isEmpty();
    assertThat(admin)
        .hasNo("devices/vfio_ap", "bus/matrix", "bus/mdev", "class/mdev_bus", "module/vfio_ap")
        .hasNo("bus/ap/drivers/vfio_ap", "kernel/iommu_groups");
  }

  @Test
  void unloadingFreesTheQueues() {
    host.unloadVfioAp();

    assertThat(admin)
        .hasQueues("05.0001", "05.0002")
        .hasNo("devices/ap/card05/05.0001/driver", "devices/ap/card05/05.0001/status")
        .shows("bus/ap/bindings", "0/2");
  }

  @Test
  void hostMayTakeFreedQueues() {
    host.unloadVfioAp();

    admin.echo("+5", "bus/ap/apmask").echo("+1,+2", "bus/ap/aqmask");

    assertThat(admin).bindsTo("cex4queue", "05.0001", "05.0002");
  }

  @Test
  void unloadingIsRefusedWhileAGuestHoldsAnMdev() {
    var mdev = admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1);
    Guest guest = host.guest("guest");
    OpenMdev open = mdev.open(guest);

    assertRefused(Errno.EBUSY, host::unloadVfioAp);
    assertThat(guest).addresses("05.0001");
    assertThat(admin).bindsTo("vfio_ap", "05.0001", "05.0002");

    open.close();
    host.unloadVfioAp();
    assertThat(admin).hasNo("devices/vfio_ap");
  }

  @Test
  void loadingBindsFreeQueuesAgain() {
    host.unloadVfioAp();

    host.loadVfioAp();

    assertThat(admin)
        .bindsTo("vfio_ap", "05.0001", "05.0002")
        .shows("bus/ap/bindings", "2/2 (complete)");
    assertThat(admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1))
        .hasGuestMatrix("05.0001");
  }

  @Test
  void bothMayBeRepeated() {
    host.loadVfioAp();
    admin.create(Admin.UUID1);
    host.loadVfioAp();
    assertThat(host.mdevs()).hasSize(1);

    host.unloadVfioAp();
    host.unloadVfioAp();
    assertThat(host.mdevs()).isEmpty();
  }

  @Test
  void openFilesOfTheUnloadedModuleAnswerEnodev() {
    String type = Admin.MATRIX + "mdev_supported_types/vfio_ap-passthrough/";
    OpenFile create = host.sysfs().open(Admin.CREATE, Access.WRITE);
    OpenFile available = host.sysfs().open(type + "available_instances", Access.READ);
    host.unloadVfioAp();

    assertRefused(Errno.ENODEV, () -> create.write(Admin.UUID1.getBytes(US_ASCII)));
    assertRefused(Errno.ENODEV, available::read);

    host.loadVfioAp();
    assertRefused(Errno.ENODEV, () -> create.write(Admin.UUID1.getBytes(US_ASCII)));
    assertThat(host.mdevs()).isEmpty();
  }

  @Test
  void guestsFindNoMdevWithoutTheModule() {
    host.unloadVfioAp();

    assertRefused(Errno.ENOENT, () -> host.open(Admin.UUID1, host.guest("guest")));
  }

  @Test
  void hostMayBootWithoutTheModule() {
    ApHost bare =
        ApHost.builder().hardware(Machines.cards(ApMask.of(5), ApMask.of(1))).vfioAp(false).boot();

    assertThat(bare).hasNo("devices/vfio_ap", "bus/matrix").bindsTo("cex4queue", "05.0001");
  }
}
