package org.vfioap.cli.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.vfioap.translation.libvirt.DeviceScope;
import org.vfioap.translation.libvirt.DomainStatus;
import org.vfioap.translation.libvirt.HostEvent;
import org.vfioap.translation.libvirt.LibvirtHost;
import org.vfioap.translation.nodedev.MdevConfiguration;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.domain.Domain;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.nodedev.MdevAttribute;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * Two mdevs on this machine, on whatever libvirt.
 *
 * <pre>
 *        4         0x47      0xab      0xff
 * 5      vfio_ap   vfio_ap   vfio_ap   vfio_ap
 * 6      vfio_ap   vfio_ap   vfio_ap   vfio_ap
 * </pre>
 */
abstract class LibvirtGround {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  static final UUID ONE = UUID.fromString("62177883-f1bb-47f0-914d-32a22e3a8804");
  static final UUID TWO = UUID.fromString("cef03c3c-903d-4ecc-9a83-40694cb8aee4");
  static final UUID NONE = UUID.fromString("0c8c6a3e-2f6f-4d0e-9a53-6d1f5f0c8a11");

  static final String PATH = "/sys/bus/mdev/devices/";

  final Hostdev one = Hostdev.vfioAp(ONE);
  final Hostdev two = Hostdev.vfioAp(TWO);

  abstract LibvirtHost libvirt();

  /** Returns the program that libvirt starts for a guest. */
  abstract String emulator();

  @BeforeEach
  final void makeTwoMdevs() {
    create(ONE, "5", "4");
    create(TWO, "6", "0x47");
  }

  private void create(UUID uuid, String adapter, String domain) {
    List<MdevAttribute> attributes =
        List.of(
            new MdevAttribute("assign_adapter", adapter),
            new MdevAttribute("assign_domain", domain));
    String name =
        libvirt().defineNodeDevice(MdevConfiguration.matrix(uuid, attributes).toNodeDevice());
    libvirt().startNodeDevice(name);
    assertThat(came(new HostEvent.NodeDeviceLifecycle(name, "Created")::equals)).isTrue();
  }

  @AfterEach
  final void removeAll() {
    for (DomainStatus each : libvirt().domains()) {
      if (each.running()) {
        libvirt().stop(each.name());
      }
    }
    libvirt().domains().forEach(each -> libvirt().undefine(each.name()));
    for (String each : libvirt().nodeDevices("mdev")) {
      libvirt().destroyNodeDevice(each);
      assertThat(came(new HostEvent.NodeDeviceLifecycle(each, "Deleted")::equals)).isTrue();
    }
    libvirt().nodeDevices("mdev").forEach(libvirt()::undefineNodeDevice);
  }

  Domain guest(String name, Hostdev... hostdevs) {
    String text =
        """
        <domain type='kvm'>
          <name>%s</name>
          <memory unit='MiB'>64</memory>
          <memtune>
            <hard_limit unit='KiB'>8192</hard_limit>
          </memtune>
          <vcpu>1</vcpu>
          <os>
            <type arch='s390x' machine='s390-ccw-virtio'>hvm</type>
          </os>
          <cpu mode='custom' match='exact' check='none'>
            <model fallback='forbid'>gen15a-base</model>
            <feature policy='require' name='ap'/>
            <feature policy='require' name='apft'/>
            <feature policy='require' name='apqci'/>
          </cpu>
          <devices>
            <emulator>%s</emulator>
            <controller type='usb' model='none'/>
            <memballoon model='none'/>
          </devices>
        </domain>
        """;
    Domain domain = Domain.parse(XmlDocument.parse(text.formatted(name, emulator()), "guest.xml"));
    for (Hostdev each : hostdevs) {
      domain = domain.withHostdev(each);
    }
    return domain;
  }

  final void startGuest(String name, Hostdev... hostdevs) {
    libvirt().define(guest(name, hostdevs));
    libvirt().start(name);
  }

  String refusal(Runnable work) {
    LibvirtRefusal refusal = catchThrowableOfType(LibvirtRefusal.class, work::run);
    return refusal == null ? "no refusal" : refusal.libvirtText();
  }

  boolean came(Predicate<HostEvent> event) {
    return libvirt().awaitEvent(event, PATIENCE).isPresent();
  }

  boolean cameFor(String guest, String what) {
    return came(new HostEvent.Lifecycle(guest, what)::equals);
  }

  final List<Hostdev> live(String guest) {
    return libvirt().dump(guest, DeviceScope.LIVE).hostdevs();
  }

  final List<Hostdev> defined(String guest) {
    return libvirt().dump(guest, DeviceScope.CONFIG).hostdevs();
  }
}
