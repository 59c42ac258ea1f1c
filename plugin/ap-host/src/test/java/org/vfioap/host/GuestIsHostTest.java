package org.vfioap.host;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;
import static org.vfioap.lab.LabAssertions.assertThatIllegalStateException;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.mdev.Guest;

/**
 * A guest that looks at itself, and passes its own queues on.
 *
 * <pre>
 *   host     05.0001 05.0002 05.0003  06.0001 06.0002 06.0003  46.0001 ...  (0x46 = 70)
 *     guest  05.0001 05.0002          06.0001 06.0002       control domain 3
 *       guest in the guest            06.0002
 * </pre>
 */
class GuestIsHostTest {
  private final Admin host =
      Admin.bootAllPassed(Machines.cards(ApMask.of(5, 6, 70), ApMask.of(1, 2, 3, 20)));
  private final Mdev mdev =
      host.create(Admin.UUID1).assignAdapters(5, 6).assignDomains(1, 2).assignControlDomains(3);
  private final Guest guest = mdev.start("guest");
  private final Admin inside = Admin.of(host.host().inside(guest));

  private static Set<CpuFeature> without(CpuFeature feature) {
    Set<CpuFeature> features = EnumSet.allOf(CpuFeature.class);
    features.remove(feature);
    return features;
  }

  private Admin bootWithout(CpuFeature feature, Mdev of) {
    Guest other = host.host().guest("other", without(feature));
    of.open(other);
    return Admin.of(host.host().inside(other));
  }

  @Test
  void seesItsQueuesWithDefaultDrivers() {
    assertThat(inside)
        .hasCards("card05", "card06")
        .bindsTo("cex4queue", "05.0001", "05.0002", "06.0001", "06.0002")
        .reserves("0-255", "0-255");
  }

  @Test
  void seesItsMasksInTheConfiguration() {
    assertThat(inside)
        .shows("bus/ap/ap_adapter_mask", ApMask.of(5, 6).toString())
        .shows("bus/ap/ap_usage_domain_mask", ApMask.of(1, 2).toString())
        .shows("bus/ap/ap_control_domain_mask", ApMask.of(3).toString())
        .shows("bus/ap/ap_max_adapter_id", "255");
  }

  @Test
  void noticesHotPlugAtItsNextScan() {
    mdev.assignDomains(3);
    assertThat(inside).bindsTo("cex4queue", "05.0001", "05.0002", "06.0001", "06.0002");

    inside.echo("1", "bus/ap/scans");

    assertThat(inside).hasQueues("05.0001", "05.0002", "05.0003", "06.0001", "06.0002", "06.0003");
  }

  @Test
  void noticesHotUnplugAtItsNextScan() {
    mdev.unassignAdapters(5);
    assertThat(inside).hasCards("card05", "card06");

    inside.host().scan();

    assertThat(inside).hasCards("card06").hasQueues("06.0001", "06.0002");
  }

  @Test
  void noticesThatTheHostLosesAnAdapter() {
    host.change(hardware -> hardware.adapters(ApMask.of(6)));

    inside.host().scan();

    assertThat(inside).hasCards("card06");
  }

  @Test
  void passesItsQueuesOn() {
    inside.echo("-6", "bus/ap/apmask");
    Mdev nested = inside.create(Admin.UUID2).assignAdapters(6).assignDomains(2);

    Guest innermost = nested.start("innermost");

    assertThat(innermost).addresses("06.0002");
    assertThat(inside).hasStatus("in use", "06.0002");
    assertThat(inside.host().inside(innermost)).bindsTo("cex4queue", "06.0002");
  }

  @Test
  void cannotPassOnWhatItDoesNotHave() {
    inside.echo("0x0", "bus/ap/apmask");

    Mdev nested = inside.create(Admin.UUID2).assignAdapters(6, 70).assignDomains(2, 3);

    assertThat(nested)
        .hasMatrix("06.0002", "06.0003", "46.0002", "46.0003")
        .hasGuestMatrix("06.0002");
  }

  @Test
  void takesFromItsGuestWhatTheHostTakesFromIt() {
    inside.echo("-6", "bus/ap/apmask");
    Guest innermost =
        inside.create(Admin.UUID2).assignAdapters(6).assignDomains(1, 2).start("innermost");

    mdev.unassignDomains(2);
    inside.host().scan();

    assertThat(innermost).addresses("06.0001");
  }

  @Test
  void keepsItsMdevsApartFromThoseOfTheHost() {
    inside.create(Admin.UUID1);

    assertThat(host.host().mdevs()).hasSize(1);
    assertThat(inside.host().mdevs()).hasSize(1);
    assertThat(inside.host().mdevs().get(0).assigned()).isNotEqualTo(mdev.state().assigned());
  }

  @Test
  void hasNoDevicesWithoutFacilitiesTest() {
    mdev.unassignAdapters(5);
    Mdev second = host.create(Admin.UUID2).assignAdapters(5).assignDomains(1);

    assertThat(bootWithout(CpuFeature.APFT, second)).has("bus/ap").hasCards().hasQueues();
  }

  @Test
  void hasNoBusWithoutInstructions() {
    Mdev second = host.create(Admin.UUID2);

    Admin blind = bootWithout(CpuFeature.AP, second);

    assertThat(blind).hasNo("bus/ap", "devices/ap", "devices/vfio_ap");
    assertThat(blind.host().hasApBus()).isFalse();
    assertRefused(Errno.ENODEV, () -> blind.host().loadVfioAp());
  }

  @Test
  void hasSmallMaximaWithoutQuery() {
    Mdev second = host.create(Admin.UUID2).assignAdapters(70).assignDomains(3, 20);
    second.assignAdapters(5);

    Admin small = bootWithout(CpuFeature.APQCI, second);

    assertThat(small)
        .shows("bus/ap/ap_max_adapter_id", "63")
        .shows("bus/ap/ap_max_domain_id", "15")
        .hasQueues("05.0003");
  }

  @Test
  void cannotConfigureCards() {
    assertRefused(Errno.EOPNOTSUPP, () -> inside.echo("0", "devices/ap/card05/config"));

    assertThat(inside).shows("devices/ap/card05/config", "1");
  }

  @Test
  void hasItsOwnBootParameters() {
    ApHost other = host.host().inside(guest, BootParameters.of("0x0", "0x0"));

    assertThat(other).bindsTo("vfio_ap", "05.0001", "05.0002", "06.0001", "06.0002");
  }

  @Test
  void isNoMachineToChange() {
    assertThatIllegalStateException()
        .isThrownBy(() -> inside.change(hardware -> hardware.adapters(ApMask.NONE)));
  }
}
