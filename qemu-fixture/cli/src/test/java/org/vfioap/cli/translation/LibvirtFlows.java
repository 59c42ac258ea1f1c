package org.vfioap.cli.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vfioap.translation.libvirt.DeviceScope;
import org.vfioap.translation.libvirt.DomainStatus;
import org.vfioap.translation.libvirt.HostEvent;
import org.vfioap.translation.libvirt.LibvirtHost;
import org.vfioap.translation.libvirt.MonitorLanguage;
import org.vfioap.translation.nodedev.MdevConfiguration;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.domain.Domain;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.nodedev.Capability;
import org.vfioap.xml.nodedev.MdevAttribute;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * What people do with libvirt and crypto matrices, on whatever libvirt.
 *
 * <pre>
 *        4         0x47      0xab      0xff
 * 5      vfio_ap   vfio_ap   vfio_ap   vfio_ap
 * 6      vfio_ap   vfio_ap   vfio_ap   vfio_ap
 * </pre>
 */
abstract class LibvirtFlows {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final UUID ONE = UUID.fromString("62177883-f1bb-47f0-914d-32a22e3a8804");
  private static final UUID TWO = UUID.fromString("cef03c3c-903d-4ecc-9a83-40694cb8aee4");
  private static final UUID NONE = UUID.fromString("0c8c6a3e-2f6f-4d0e-9a53-6d1f5f0c8a11");

  /** Not NONE: events of its coming and going wait until somebody asks for them. */
  private static final UUID REFUSED = UUID.fromString("11111111-f1bb-47f0-914d-32a22e3a8804");

  private static final String PATH = "/sys/bus/mdev/devices/";

  final Hostdev one = Hostdev.vfioAp(ONE);
  private final Hostdev two = Hostdev.vfioAp(TWO);

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

  private Domain guest(String name, Hostdev... hostdevs) {
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

  private String refusal(Runnable work) {
    LibvirtRefusal refusal = catchThrowableOfType(LibvirtRefusal.class, work::run);
    return refusal == null ? "no refusal" : refusal.libvirtText();
  }

  private boolean came(Predicate<HostEvent> event) {
    return libvirt().awaitEvent(event, PATIENCE).isPresent();
  }

  private boolean cameFor(String guest, String what) {
    return came(new HostEvent.Lifecycle(guest, what)::equals);
  }

  final List<Hostdev> live(String guest) {
    return libvirt().dump(guest, DeviceScope.LIVE).hostdevs();
  }

  final List<Hostdev> defined(String guest) {
    return libvirt().dump(guest, DeviceScope.CONFIG).hostdevs();
  }

  @Test
  void aGuestComesAndGoes() {
    libvirt().define(guest("flow1", one));
    assertThat(cameFor("flow1", "Defined")).isTrue();
    assertThat(libvirt().domains()).containsExactly(new DomainStatus("flow1", false));

    libvirt().start("flow1");
    assertThat(cameFor("flow1", "Started")).isTrue();
    assertThat(libvirt().domains()).containsExactly(new DomainStatus("flow1", true));
    assertThat(live("flow1")).containsExactly(one.withAlias("hostdev0"));
    assertThat(defined("flow1")).containsExactly(one);

    libvirt().stop("flow1");
    assertThat(cameFor("flow1", "Stopped")).isTrue();
    libvirt().undefine("flow1");
    assertThat(cameFor("flow1", "Undefined")).isTrue();
    assertThat(libvirt().domains()).isEmpty();
  }

  @Test
  void attachesAndDetachesWhileItRuns() {
    startGuest("flow2");
    libvirt().attach("flow2", one, Set.of());

    assertThat(came(new HostEvent.DeviceAdded("flow2", "hostdev0")::equals)).isTrue();
    assertThat(live("flow2")).containsExactly(one.withAlias("hostdev0"));
    assertThat(defined("flow2")).isEmpty();
    assertThat(libvirt().monitor("flow2", "info qtree", MonitorLanguage.HMP))
        .contains("dev: vfio-ap, id \"hostdev0\"", "sysfsdev = \"" + PATH + ONE + "\"");

    libvirt().detach("flow2", one, Set.of(DeviceScope.LIVE));
    assertThat(came(new HostEvent.DeviceRemoved("flow2", "hostdev0")::equals)).isTrue();
    assertThat(live("flow2")).isEmpty();
  }

  @Test
  void attachesForTheNextStart() {
    startGuest("flow3");
    libvirt().attach("flow3", one, Set.of(DeviceScope.CONFIG));
    assertThat(live("flow3")).isEmpty();
    assertThat(defined("flow3")).containsExactly(one);
    assertThat(refusal(() -> libvirt().attach("flow3", one, Set.of(DeviceScope.CONFIG))))
        .isEqualTo(
            "Requested operation is not valid: device is already in the domain configuration");

    libvirt().detach("flow3", one, Set.of(DeviceScope.CONFIG));
    assertThat(defined("flow3")).isEmpty();
    assertThat(refusal(() -> libvirt().detach("flow3", one, Set.of(DeviceScope.CONFIG))))
        .isEqualTo("device not found: device not present in domain configuration");
  }

  @Test
  void attachesToBoth() {
    Set<DeviceScope> both = Set.of(DeviceScope.LIVE, DeviceScope.CONFIG);
    startGuest("flow4");
    libvirt().attach("flow4", one, both);
    assertThat(live("flow4")).hasSize(1);
    assertThat(defined("flow4")).hasSize(1);

    libvirt().detach("flow4", one, both);
    assertThat(live("flow4")).isEmpty();
    assertThat(defined("flow4")).isEmpty();
  }

  @Test
  void leavesTheDefinitionWhenTheRunningGuestCannotHaveIt() {
    startGuest("flow5");
    Set<DeviceScope> both = Set.of(DeviceScope.LIVE, DeviceScope.CONFIG);

    assertThat(refusal(() -> libvirt().attach("flow5", Hostdev.vfioAp(NONE), both)))
        .isEqualTo("device not found: mediated device '" + NONE + "' not found");
    assertThat(defined("flow5")).isEmpty();
  }

  @Test
  void detachesByAlias() {
    startGuest("flow6", one);
    assertThat(refusal(() -> libvirt().detachAlias("flow6", "hostdev9")))
        .isEqualTo("internal error: no device found with alias hostdev9");

    libvirt().detachAlias("flow6", "hostdev0");
    assertThat(came(new HostEvent.DeviceRemoved("flow6", "hostdev0")::equals)).isTrue();
    assertThat(live("flow6")).isEmpty();
  }

  @Test
  void noticesWhatTheMonitorUnplugged() {
    startGuest("flow7", one);
    assertThat(libvirt().monitor("flow7", "device_del hostdev9", MonitorLanguage.HMP).strip())
        .isEqualTo("Error: Device 'hostdev9' not found");
    assertThat(libvirt().monitor("flow7", "device_del hostdev0", MonitorLanguage.HMP)).isEmpty();

    assertThat(came(new HostEvent.DeviceRemoved("flow7", "hostdev0")::equals)).isTrue();
    assertThat(live("flow7")).isEmpty();
    assertThat(libvirt().monitor("flow7", "{\"execute\":\"query-status\"}", MonitorLanguage.QMP))
        .contains("\"status\":", "\"running\"");
  }

  @Test
  void refusesWhatAnotherGuestUses() {
    startGuest("flow8a", one);
    startGuest("flow8b");
    String text =
        "Requested operation is not valid: mediated device "
            + PATH
            + ONE
            + " is in use by driver QEMU, domain flow8a";

    assertThat(refusal(() -> libvirt().attach("flow8b", one, Set.of()))).isEqualTo(text);
    assertThat(refusal(() -> libvirt().attach("flow8a", one, Set.of()))).isEqualTo(text);
    libvirt().define(guest("flow8c", one));
    assertThat(refusal(() -> libvirt().start("flow8c"))).isEqualTo(text);

    libvirt().stop("flow8a");
    libvirt().attach("flow8b", one, Set.of());
  }

  @Test
  void letsQemuRefuseTheSecondMatrix() {
    startGuest("flow9", one);

    assertThat(refusal(() -> libvirt().attach("flow9", two, Set.of())))
        .isEqualTo(
            "internal error: unable to execute QEMU command 'device_add': No 'ap-bus' bus found for"
                + " device 'vfio-ap'");
    assertThat(live("flow9")).hasSize(1);
    assertThat(refusal(() -> libvirt().detach("flow9", two, Set.of())))
        .isEqualTo("device not found: mediated device '" + TWO + "' not found");
    libvirt().define(guest("flow9b", two));
    libvirt().start("flow9b");
  }

  @Test
  void saysWhatIsNotThere() {
    assertThat(refusal(() -> libvirt().start("nosuch")))
        .isEqualTo("Domain not found: no domain with matching name 'nosuch'");
    libvirt().define(guest("flow10", Hostdev.vfioAp(NONE)));
    assertThat(refusal(() -> libvirt().start("flow10")))
        .isEqualTo("device not found: mediated device '" + NONE + "' not found");
    assertThat(refusal(() -> libvirt().stop("flow10")))
        .isEqualTo("Requested operation is not valid: domain is not running");
    assertThat(refusal(() -> libvirt().attach("flow10", one, Set.of(DeviceScope.LIVE))))
        .isEqualTo("Requested operation is not valid: domain is not running");
    assertThat(refusal(() -> libvirt().nodeDevice("nosuch")))
        .isEqualTo("Node device not found: no node device with matching name 'nosuch'");
  }

  @Test
  void aRunningGuestWithoutDefinitionIsTransient() {
    startGuest("flow11");
    libvirt().undefine("flow11");

    assertThat(libvirt().domains()).containsExactly(new DomainStatus("flow11", true));
    assertThat(refusal(() -> libvirt().attach("flow11", one, Set.of(DeviceScope.CONFIG))))
        .isEqualTo(
            "Requested operation is not valid: transient domains do not have any persistent config");
    libvirt().stop("flow11");
    assertThat(libvirt().domains()).isEmpty();
  }

  @Test
  void showsTheHostsDevices() {
    assertThat(libvirt().nodeDevices("ap_card")).containsExactly("ap_card05", "ap_card06");
    assertThat(libvirt().nodeDevices("ap_queue")).hasSize(8).contains("ap_05_00ab");
    assertThat(libvirt().nodeDevices("ap_matrix")).containsExactly("ap_matrix");
    assertThat(libvirt().nodeDevice("ap_05_00ab").print())
        .isEqualTo(
            """
            <device>
              <name>ap_05_00ab</name>
              <path>/sys/devices/ap/card05/05.00ab</path>
              <parent>ap_card05</parent>
              <driver>
                <name>vfio_ap</name>
              </driver>
              <capability type='ap_queue'>
                <ap-adapter>0x05</ap-adapter>
                <ap-domain>0x00ab</ap-domain>
              </capability>
            </device>
            """);
    assertThat(libvirt().nodeDevice("ap_matrix").capability())
        .isInstanceOfSatisfying(
            Capability.ApMatrix.class,
            matrix -> assertThat(matrix.types().get(0).deviceApi()).isEqualTo("vfio-ap"));
  }

  @Test
  void keepsDefinitionsOfMdevs() {
    String name = libvirt().nodeDevices("mdev").get(0);
    Capability.Mdev mdev = libvirt().nodeDevice(name).mdev().orElseThrow();

    assertThat(mdev.uuid()).contains(ONE);
    assertThat(mdev.attributes())
        .containsExactly(
            new MdevAttribute("assign_adapter", "5"), new MdevAttribute("assign_domain", "4"));
    assertThat(libvirt().isAutostarted(name)).isFalse();
    libvirt().setAutostart(name, true);
    assertThat(libvirt().isAutostarted(name)).isTrue();
    assertThat(
            refusal(
                () ->
                    libvirt()
                        .defineNodeDevice(MdevConfiguration.matrix(ONE, List.of()).toNodeDevice())))
        .isEqualTo(
            "internal error: Unable to define mediated device: Error: Cowardly refusing to overwrite"
                + " existing config for matrix/"
                + ONE
                + "\n");
    assertThat(refusal(() -> libvirt().undefineNodeDevice("ap_matrix")))
        .isEqualTo("Requested operation is not valid: Node device 'ap_matrix' is not defined");
  }

  @Test
  void createsAnMdevThatIsGoneAfterwards() {
    MdevConfiguration mdev =
        MdevConfiguration.matrix(NONE, List.of(new MdevAttribute("assign_adapter", "6")));
    String name = libvirt().createNodeDevice(mdev.toNodeDevice());

    assertThat(name).isEqualTo("mdev_" + NONE.toString().replace('-', '_') + "_matrix");
    assertThat(came(new HostEvent.NodeDeviceLifecycle(name, "Created")::equals)).isTrue();
    assertThat(libvirt().nodeDevices("mdev")).hasSize(3).contains(name);
    assertThat(libvirt().nodeDevice(name).path()).contains("/sys/devices/vfio_ap/matrix/" + NONE);
    assertThat(libvirt().nodeDevice(name).driver()).contains("vfio_ap_mdev");
    assertThat(refusal(() -> libvirt().startNodeDevice(name)))
        .isEqualTo("Requested operation is not valid: Device is already active");
    assertThat(refusal(() -> libvirt().undefineNodeDevice(name)))
        .isEqualTo("Requested operation is not valid: Node device '" + name + "' is not defined");

    libvirt().destroyNodeDevice(name);
    assertThat(came(new HostEvent.NodeDeviceLifecycle(name, "Deleted")::equals)).isTrue();
    assertThat(libvirt().nodeDevices("mdev")).hasSize(2);
  }

  @Test
  void leavesNothingOfAnMdevThatTheKernelRefuses() {
    MdevConfiguration mdev =
        MdevConfiguration.matrix(REFUSED, List.of(new MdevAttribute("assign_adapter", "x")));

    assertThat(refusal(() -> libvirt().createNodeDevice(mdev.toNodeDevice())))
        .startsWith("internal error: Unable to start mediated device: ")
        .contains("assign_adapter", "Invalid argument");
    assertThat(libvirt().nodeDevices("mdev")).hasSize(2);
  }

  @Test
  void refusesToDestroyWhatIsNotActive() {
    String name =
        libvirt().defineNodeDevice(MdevConfiguration.matrix(NONE, List.of()).toNodeDevice());

    assertThat(came(new HostEvent.NodeDeviceLifecycle(name, "Defined")::equals)).isTrue();
    assertThat(refusal(() -> libvirt().destroyNodeDevice(name)))
        .isEqualTo("Requested operation is not valid: Device '" + name + "' is not active");
    assertThat(refusal(() -> libvirt().destroyNodeDevice("ap_matrix")))
        .isEqualTo("unsupported configuration: Unsupported device type");
    libvirt().undefineNodeDevice(name);
    assertThat(came(new HostEvent.NodeDeviceLifecycle(name, "Undefined")::equals)).isTrue();
    assertThat(libvirt().nodeDevices("mdev")).hasSize(2);
  }
}
