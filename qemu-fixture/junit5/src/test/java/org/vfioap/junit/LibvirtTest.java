package org.vfioap.junit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.vfioap.junit.assertions.VfioApAssertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vfioap.host.ApHost;
import org.vfioap.translation.libvirt.DeviceScope;
import org.vfioap.translation.libvirt.LibvirtHost;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.domain.Domain;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** A libvirt in the process, and what goes wrong below it. */
@VfioAp(
    yaml =
        """
        boot: {apmask: "+0-255,-5"}
        adapters: {5: {type: CEX8}}
        domains: [4]
        mdevs: [{uuid: 62177883-f1bb-47f0-914d-32a22e3a8804, adapters: [5], domains: [4]}]
        """)
class LibvirtTest {
  private static final String MDEV = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final Hostdev HOSTDEV = Hostdev.vfioAp(UUID.fromString(MDEV));
  private static final String DOMAIN =
      """
      <domain type='kvm'>
        <name>guest1</name>
        <memory>1048576</memory>
        <vcpu>1</vcpu>
        <os><type arch='s390x' machine='s390-ccw-virtio'>hvm</type></os>
        <cpu mode='host-passthrough' check='none'/>
        <devices><emulator>/usr/bin/qemu-system-s390x</emulator></devices>
      </domain>
      """;

  @Test
  void theGuestOfADomainIsAtHand(LibvirtHost libvirt, Fixture fixture, ApHost host) {
    libvirt.define(Domain.parse(XmlDocument.parse(DOMAIN, "domain")));
    libvirt.start("guest1");
    libvirt.attach("guest1", HOSTDEV, Set.of(DeviceScope.LIVE));

    assertThat(fixture.guest("guest1")).hasQueues("05.0004");
    assertThat(host).mdev(MDEV).isInUseBy("guest1");
    fixture.guest("guest1").journal().received("device_add").with("id", "hostdev0").once();
  }

  @Test
  void faultsHoldBelowLibvirt(LibvirtHost libvirt, Fixture fixture) {
    libvirt.define(Domain.parse(XmlDocument.parse(DOMAIN, "domain")));
    libvirt.start("guest1");
    fixture.guest("guest1").faults().plug().refuse("no room").once();

    assertThatExceptionOfType(LibvirtRefusal.class)
        .isThrownBy(() -> libvirt.attach("guest1", HOSTDEV, Set.of(DeviceScope.LIVE)))
        .withMessageContaining("no room");
  }
}
