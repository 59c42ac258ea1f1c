package org.vfioap.document;

import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Facility;
import org.vfioap.host.ApHost;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.mdev.Guest;

/**
 * {@code -cpu host,ap=on,apqci=on,apft=on,apqi=on} and what each switch does.
 *
 * <pre>
 *   host: 05.0004, all queues passed; QCI, APFT, APXA, APQI
 *     guest: adapter 5, domain 4
 * </pre>
 */
@DisplayName("The CPU model features for AP")
class CpuFeaturesTest {
  private static ApHardware hardware() {
    return Machines.cards(ApMask.of(5), ApMask.of(4));
  }

  private static ApHost inside(CpuFeature... off) {
    Admin admin = Admin.bootAllPassed(hardware());
    Set<CpuFeature> features = EnumSet.allOf(CpuFeature.class);
    features.removeAll(Set.of(off));
    Guest guest = admin.host().guest("guest", features);
    admin.create(Admin.UUID1).assignAdapters(5).assignDomains(4).open(guest);
    return admin.host().inside(guest);
  }

  @Test
  @DisplayName("ap=on,apqci=on,apft=on,apqi=on: the guest has its queue, bound and online")
  void givesTheGuestItsQueue() {
    assertThat(inside())
        .bindsTo("cex4queue", "05.0004")
        .shows("bus/ap/ap_adapter_mask", ApMask.of(5).toString())
        .shows("bus/ap/ap_interrupts", "1");
  }

  @Test
  @DisplayName("ap=off: AP instructions are not available, so there is no AP bus")
  void hasNoBusWithoutInstructions() {
    assertThat(inside(CpuFeature.AP)).hasNo("bus/ap", "devices/ap", "bus/matrix");
  }

  @Test
  @DisplayName("apqci=off: the guest cannot query its configuration; maxima are 63 and 15")
  void hasSmallMaximaWithoutQuery() {
    assertThat(inside(CpuFeature.APQCI))
        .shows("bus/ap/ap_adapter_mask", "not supported")
        .shows("bus/ap/ap_max_adapter_id", "63")
        .shows("bus/ap/ap_max_domain_id", "15")
        .bindsTo("cex4queue", "05.0004");
  }

  @Test
  @DisplayName("Note: if apft=off, the guest will not see any AP devices")
  void hasNoDevicesWithoutFacilitiesTest() {
    assertThat(inside(CpuFeature.APFT)).has("bus/ap").hasCards().hasQueues();
  }

  @Test
  @DisplayName("apqi=off: no AP queue interrupts")
  void hasNoInterruptsWithoutQueueInterruption() {
    assertThat(inside(CpuFeature.APQI))
        .shows("bus/ap/ap_interrupts", "0")
        .shows("devices/ap/card05/05.0004/interrupt", "Interrupts disabled.");
  }

  @ParameterizedTest
  @DisplayName("A facility is available to the guest only if it is available on the host")
  @CsvSource({"QCI, APQCI", "APFT, APFT", "APQI, APQI"})
  void givesOnlyFacilitiesOfTheHost(Facility facility, CpuFeature feature) {
    Set<Facility> facilities = EnumSet.allOf(Facility.class);
    facilities.remove(facility);
    ApHost host = ApHost.builder().hardware(hardware().facilities(facilities)).boot();

    assertThat(host.guest("guest").features())
        .doesNotContain(feature)
        .hasSize(CpuFeature.values().length - 1);
  }

  @Test
  @DisplayName("z13 without switches: features have to be turned on explicitly")
  void givesNothingThatWasNotAskedFor() {
    ApHost host = ApHost.builder().hardware(hardware()).boot();

    assertThat(host.guest("guest", Set.of()).features()).isEmpty();
  }
}
