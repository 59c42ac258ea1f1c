package org.vfioap.document;

import static org.vfioap.lab.LabAssertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vfioap.ap.ApMask;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;
import org.vfioap.mdev.Guest;

/**
 * Resources that come and go while a guest runs.
 *
 * <pre>
 *              domain 1        2        3        4 (not in the host's AP configuration)
 *   adapter 5      05.0001  05.0002  05.0003
 *   adapter 6      06.0001  06.0002     -  (unbound from vfio_ap)
 *   adapter 7   (not in the host's AP configuration)
 *
 *   mdev of the guest at first: adapter 5, domain 1, control domain 1
 * </pre>
 */
class DynamicConfigurationTest {
  private final Admin admin =
      Admin.bootAllPassed(Machines.cards(ApMask.of(5, 6), ApMask.of(1, 2, 3)))
          .echo("06.0003", "bus/ap/drivers/vfio_ap/unbind");
  private final Mdev mdev =
      admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1).assignControlDomains(1);
  private final Guest guest = mdev.start("guest");

  @Nested
  @DisplayName("Configure the guest's AP resources")
  class Filtering {
    @Test
    @DisplayName("APIDs that are not also assigned to the host's AP configuration are filtered")
    void filtersAdaptersThatTheHostLacks() {
      mdev.assignAdapters(7);

      assertThat(guest).addresses("05.0001");
      assertThat(mdev).hasMatrix("05.0001", "07.0001").hasGuestMatrix("05.0001");
    }

    @Test
    @DisplayName("APQIs that are not also assigned to the host's AP configuration are filtered")
    void filtersDomainsThatTheHostLacks() {
      mdev.assignDomains(4);

      assertThat(guest).addresses("05.0001");
      assertThat(mdev).hasMatrix("05.0001", "05.0004").hasGuestMatrix("05.0001");
    }

    @Test
    @DisplayName("Control domains that the host's AP configuration does not have are filtered")
    void filtersControlDomainsThatTheHostLacks() {
      mdev.assignControlDomains(4);

      assertThat(guest).controls("0001");
      assertThat(mdev).hasControlDomains("0001", "0004");
    }

    @Test
    @DisplayName("If any APQN has no queue bound to vfio_ap, the adapter is not plugged in")
    void filtersTheWholeAdapterOfAnUnboundQueue() {
      mdev.assignAdapters(6).assignDomains(3);

      assertThat(guest).addresses("05.0001", "05.0003");
      assertThat(mdev)
          .hasMatrix("05.0001", "05.0003", "06.0001", "06.0003")
          .hasGuestMatrix("05.0001", "05.0003");
    }

    @Test
    @DisplayName("APM, AQM and ADM are set from assign_adapter, _domain and _control_domain")
    void setsAllThreeMasks() {
      assertThat(guest).addresses("05.0001").controls("0001");
    }
  }

  @Nested
  @DisplayName("Hot plug support")
  class HotPlug {
    @Test
    @DisplayName("An adapter all of whose APQNs are bound to vfio_ap is plugged in")
    void plugsAdapter() {
      mdev.assignAdapters(6);

      assertThat(guest).addresses("05.0001", "06.0001");
    }

    @Test
    @DisplayName("A domain all of whose APQNs are bound to vfio_ap is plugged in")
    void plugsDomain() {
      mdev.assignDomains(2);

      assertThat(guest).addresses("05.0001", "05.0002");
    }

    @Test
    @DisplayName("A control domain of the host's AP configuration is plugged in")
    void plugsControlDomain() {
      mdev.assignControlDomains(3);

      assertThat(guest).controls("0001", "0003");
    }

    @Test
    @DisplayName("An adapter that the host does not have is assigned but not plugged in")
    void keepsForeignAdapterOut() {
      mdev.assignAdapters(7);

      assertThat(guest).addresses("05.0001");
    }

    @Test
    @DisplayName("An adapter with an APQN that is not bound to vfio_ap is not plugged in")
    void keepsAdapterWithUnboundQueueOut() {
      mdev.assignDomains(3);

      mdev.assignAdapters(6);

      assertThat(guest).addresses("05.0001", "05.0003");
    }

    @Test
    @DisplayName("A domain with an APQN that is not bound to vfio_ap costs the guest that adapter")
    void dropsAdapterForDomainWithUnboundQueue() {
      mdev.assignAdapters(6);

      mdev.assignDomains(3);

      assertThat(guest).addresses("05.0001", "05.0003");
    }

    @Test
    @DisplayName("Hot unplug: unassigned resources leave the running guest")
    void unplugs() {
      mdev.assignAdapters(6).assignDomains(2);

      mdev.unassignAdapters(5).unassignDomains(1).unassignControlDomains(1);

      assertThat(guest).addresses("06.0002").controls();
    }
  }

  @Nested
  @DisplayName("Over-provisioning of AP queues for a KVM guest")
  class OverProvisioning {
    @Test
    @DisplayName("An adapter is plugged in as soon as it becomes available")
    void plugsAdapterThatArrives() {
      mdev.assignAdapters(7);

      admin.change(hardware -> hardware.adapters(ApMask.of(5, 6, 7)));

      assertThat(guest).addresses("05.0001", "07.0001");
    }

    @Test
    @DisplayName("A domain is plugged in as soon as it becomes available")
    void plugsDomainThatArrives() {
      mdev.assignDomains(4);

      admin.change(hardware -> hardware.domains(ApMask.range(1, 4)));

      assertThat(guest).addresses("05.0001", "05.0004");
    }

    @Test
    @DisplayName("A control domain is plugged in as soon as it becomes available")
    void plugsControlDomainThatArrives() {
      mdev.assignControlDomains(4);

      admin.change(hardware -> hardware.controlDomains(ApMask.range(1, 4)));

      assertThat(guest).controls("0001", "0004");
    }

    @Test
    @DisplayName("... as long as each new APQN references a queue bound to vfio_ap")
    void keepsArrivingAdapterOutWithoutBoundQueue() {
      mdev.assignAdapters(7);
      admin.echo("0", "bus/ap/drivers_autoprobe");

      admin.change(hardware -> hardware.adapters(ApMask.of(5, 6, 7)));

      assertThat(admin)
          .hasQueues(
              "05.0001", "05.0002", "05.0003", "06.0001", "06.0002", "06.0003", "07.0001",
              "07.0002", "07.0003");
      assertThat(guest).addresses("05.0001");
    }

    @Test
    @DisplayName("What leaves the host's AP configuration leaves the guest, and stays assigned")
    void unplugsAdapterThatLeaves() {
      admin.change(hardware -> hardware.adapters(ApMask.of(6)));

      assertThat(guest).addresses(".0001");
      assertThat(mdev).hasMatrix("05.0001");
    }
  }
}
