package org.vfioap.document;

import static org.vfioap.lab.LabAssertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApMask;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;
import org.vfioap.mdev.OpenMdev;

/**
 * From loading vfio_ap to a device for a guest.
 *
 * <pre>
 *   02 CEX3C   02.0001      type below 10: never for vfio_ap
 *   05 CEX5C   05.0001
 * </pre>
 */
@DisplayName("Reserve APQNs for exclusive use of KVM guests")
class ReservationTest {
  private final Admin admin =
      Admin.boot(
          Machines.with(
              Machines.cards(ApMask.of(2, 5), ApMask.of(1)),
              2,
              AdapterType.CEX3C,
              AdapterMode.CCA));

  @Test
  @DisplayName("1. to 3.: loading vfio_ap creates the single device /sys/devices/vfio_ap/matrix")
  void loadingCreatesTheMatrixDevice() {
    admin.host().unloadVfioAp();
    assertThat(admin).hasNo("devices/vfio_ap", "bus/matrix", "bus/ap/drivers/vfio_ap");

    admin.host().loadVfioAp();

    assertThat(admin).has("devices/vfio_ap/matrix", "bus/matrix", "bus/ap/drivers/vfio_ap");
  }

  @Test
  @DisplayName("4.: the driver registers for queue devices of type 10 and higher (CEX4 and newer)")
  void takesOnlyCex4AndNewer() {
    admin.echo("0x0", "bus/ap/apmask");

    assertThat(admin).bindsTo("vfio_ap", "05.0001").bindsTo("cex2cqueue");
  }

  @Test
  @DisplayName("7. and 8.: the AP bus probes vfio_ap for the queues reserved for it")
  void probesTheReservedQueues() {
    admin.echo("-5", "bus/ap/apmask");

    assertThat(admin).bindsTo("vfio_ap", "05.0001").bindsTo("cex4queue");
  }

  @Test
  @DisplayName("9. and 10.: an mdev is created and resources are assigned to it")
  void createsAndAssigns() {
    admin.echo("-5", "bus/ap/apmask");

    Mdev mdev = admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1);

    assertThat(mdev).hasMatrix("05.0001");
    assertThat(admin).hasStatus("assigned", "05.0001");
  }

  @Test
  @DisplayName("Set up the VFIO mediated device interfaces: an mdev joins an IOMMU group")
  void addsTheMdevToAGroupAndRemovesItAgain() {
    Mdev mdev = admin.create(Admin.UUID1);
    assertThat(admin)
        .has("kernel/iommu_groups/0/devices/" + Admin.UUID1, "class/vfio/0")
        .has("bus/mdev/drivers/vfio_ap_mdev/" + Admin.UUID1);

    mdev.remove();

    assertThat(admin)
        .hasNo("kernel/iommu_groups/0", "class/vfio/0")
        .hasNo("bus/mdev/drivers/vfio_ap_mdev/" + Admin.UUID1);
  }

  @Test
  @DisplayName("release: deconfigures the guest's AP matrix")
  void closingClearsTheGuest() {
    admin.echo("-5", "bus/ap/apmask");
    Mdev mdev = admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1);
    var guest = admin.host().guest("guest");
    OpenMdev open = mdev.open(guest);
    assertThat(guest).addresses("05.0001");

    open.close();

    assertThat(guest).addressesNothing();
    assertThat(mdev).hasMatrix("05.0001").hasGuestMatrix("05.0001");
  }

  @Test
  @DisplayName("Limitations: the mdev can not be removed while in use, but after it was unplugged")
  void removesAfterHotUnplugOfTheDevice() {
    Mdev mdev = admin.create(Admin.UUID1);
    OpenMdev open = mdev.open(admin.host().guest("guest"));

    open.close();
    mdev.remove();

    assertThat(mdev).isGone();
  }
}
