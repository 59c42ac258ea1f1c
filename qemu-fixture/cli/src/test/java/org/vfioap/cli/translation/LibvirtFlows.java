package org.vfioap.cli.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vfioap.translation.libvirt.DeviceScope;
import org.vfioap.translation.libvirt.DomainStatus;
import org.vfioap.translation.libvirt.HostEvent;
import org.vfioap.translation.libvirt.MonitorLanguage;
import org.vfioap.xml.hostdev.Hostdev;

/** What people do with libvirt, guests and crypto matrices, on whatever libvirt. */
abstract class LibvirtFlows extends NodeDeviceFlows {
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
}
