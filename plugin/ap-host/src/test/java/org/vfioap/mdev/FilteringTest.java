package org.vfioap.mdev;

import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Facility;
import org.vfioap.ap.QueueState;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;

/**
 * What of an mdev's matrix reaches the guest.
 *
 * <pre>
 *              domain 1   domain 2   domain 3
 *   adapter 5   05.0001    05.0002    05.0003
 *   adapter 6   06.0001    06.0002    absent     (the masks have it, the machine does not)
 * </pre>
 */
class FilteringTest {
  private final Admin admin =
      Admin.bootAllPassed(
          Machines.with(
              Machines.cards(ApMask.of(5, 6), ApMask.of(1, 2, 3)), "06.0003", QueueState.ABSENT));
  private final Mdev mdev = admin.create(Admin.UUID1).assignAdapters(5, 6).assignDomains(1);

  @Test
  void dropsTheWholeAdapterOfOneMissingQueue() {
    assertThat(mdev.assignDomains(3)).hasGuestMatrix("05.0001", "05.0003");
  }

  @Test
  void looksOnlyAtDomainsThatReachTheGuest() {
    // Domain 9 is not in the host's configuration: that no queue has it keeps no adapter out.
    assertThat(mdev.assignDomains(9)).hasGuestMatrix("05.0001", "06.0001");
  }

  @Test
  void showsDomainsWhenEveryAdapterIsFiltered() {
    mdev.unassignAdapters(5);

    assertThat(mdev.assignDomains(3)).hasGuestMatrix(".0001", ".0003");
  }

  @Test
  void keepsAFilteredAdapterOutWhenTheDomainIsUnassigned() {
    mdev.assignDomains(3);

    mdev.unassignDomains(3);

    assertThat(mdev).hasMatrix("05.0001", "06.0001").hasGuestMatrix("05.0001");
  }

  @Test
  void returnsAFilteredAdapterAtTheNextAssignment() {
    mdev.assignDomains(3).unassignDomains(3);

    mdev.assignDomains(2);

    assertThat(mdev).hasGuestMatrix("05.0001", "05.0002", "06.0001", "06.0002");
  }

  @Test
  void returnsAFilteredAdapterWhenItsQueueIsProbed() {
    mdev.assignDomains(3);

    admin.change(hardware -> Machines.with(hardware, "06.0003", QueueState.OK));

    assertThat(mdev).hasGuestMatrix("05.0001", "05.0003", "06.0001", "06.0003");
  }

  @Test
  void returnsAFilteredAdapterWhenTheHostConfigurationGrows() {
    mdev.assignDomains(3, 4).unassignDomains(3);

    admin.change(hardware -> hardware.domains(ApMask.range(1, 4)));

    assertThat(mdev).hasGuestMatrix("05.0001", "05.0004", "06.0001", "06.0004");
  }

  @Test
  void dropsAnAdapterWhoseQueueIsUnbound() {
    admin.echo("06.0001", "bus/ap/drivers/vfio_ap/unbind");

    assertThat(mdev).hasGuestMatrix("05.0001");
  }

  @Test
  void returnsAnAdapterWhoseQueueIsBoundAgain() {
    admin.echo("06.0001", "bus/ap/drivers/vfio_ap/unbind");

    admin.echo("06.0001", "bus/ap/drivers/vfio_ap/bind");

    assertThat(mdev).hasGuestMatrix("05.0001", "06.0001");
  }

  @Test
  void dropsAnAdapterWhoseLastResetFailed() {
    admin.change(hardware -> Machines.with(hardware, "06.0001", QueueState.RESET_STUCK));
    mdev.open(admin.host().guest("guest")).close();

    assertThat(mdev.assignDomains(2)).hasGuestMatrix("05.0001", "05.0002");
  }

  @Test
  void keepsAnAdapterWhoseResetWasBusyOnce() {
    admin.change(hardware -> Machines.with(hardware, "06.0001", QueueState.RESET_BUSY_ONCE));
    mdev.open(admin.host().guest("guest")).close();

    assertThat(mdev.assignDomains(2)).hasGuestMatrix("05.0001", "05.0002", "06.0001", "06.0002");
  }

  @Test
  void filtersControlDomainsByTheHostOnly() {
    mdev.assignControlDomains(2, 9);

    assertThat(mdev).hasControlDomains("0002", "0009");
    assertThat(mdev.start("guest")).controls("0002");
  }

  @Test
  void showsWhatAGuestWouldGetWithoutAGuest() {
    assertThat(mdev).hasGuestMatrix("05.0001", "06.0001");
    assertThat(admin).hasStatus("assigned", "05.0001");
  }

  @Test
  void tellsTheStatusOfQueues() {
    mdev.start("guest");

    assertThat(admin).hasStatus("in use", "05.0001", "06.0001").hasStatus("unassigned", "05.0002");
  }

  @Test
  void neverBindsCardsBelowCex4() {
    ApHardware old = Machines.cards(ApMask.of(5), ApMask.of(1));
    Machines.with(old, 5, AdapterType.CEX3C, AdapterMode.CCA);
    Admin host = Admin.bootAllPassed(old);

    Mdev guest = host.create(Admin.UUID1).assignAdapters(5).assignDomains(1);

    assertThat(host).bindsTo("vfio_ap").bindsTo("cex2cqueue").hasQueues("05.0001");
    assertThat(guest).hasMatrix("05.0001").hasGuestMatrix(".0001");
  }

  private static Admin lacking(Facility facility) {
    Set<Facility> rest = EnumSet.allOf(Facility.class);
    rest.remove(facility);
    return Admin.bootAllPassed(Machines.cards(ApMask.of(5), ApMask.of(1)).facilities(rest));
  }

  @Test
  void filtersEverythingWithoutQci() {
    Mdev guest = lacking(Facility.QCI).create(Admin.UUID1);

    guest.assignAdapters(5).assignDomains(1).assignControlDomains(1);

    assertThat(guest).hasMatrix("05.0001").hasGuestMatrix();
    assertThat(guest.start("guest")).addressesNothing();
  }

  @Test
  void hasSmallMaximaWithoutQciOrApxa() {
    for (Facility facility : Set.of(Facility.QCI, Facility.APXA)) {
      Admin host = lacking(facility);

      assertThat(host.create(Admin.UUID1).assignAdapters(63).assignDomains(15))
          .hasMatrix("3f.000f");
      assertThat(host)
          .shows("bus/ap/ap_max_adapter_id", "63")
          .shows("bus/ap/ap_max_domain_id", "15");
    }
  }
}
