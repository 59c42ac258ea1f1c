package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** virsh attaches and detaches vfio-ap devices, in all its ways. */
final class PlugByVirshIT extends WithLibvirt {
  private static final String RUNNING =
      """
      mdev $G1 '5' '4'
      domain guest
      virsh -q start guest
      # Whether somebody holds the mdev, and what libvirt's running guest and its definition have.
      state() { echo "$(held $G1) live:$(hostdevs guest) config:$(hostdevs guest --inactive)"; }
      """;

  @ParameterizedTest
  @MethodSource("callers")
  void attachesAndDetachesLiveInTheConfigurationAndInBoth(Caller caller) {
    String out =
        virsh(
            caller,
            RUNNING,
            """
            virsh attach-device guest $G1.xml; state
            virsh detach-device guest $G1.xml; state
            virsh attach-device guest $G1.xml --config; state
            virsh detach-device guest $G1.xml --config; state
            virsh attach-device guest $G1.xml --live --config; state
            virsh detach-device guest $G1.xml --live; state
            virsh detach-device guest $G1.xml --config; state
            virsh attach-device guest $G1.xml --persistent; state
            virsh detach-device guest $G1.xml --persistent; state
            """);

    String attached = "Device attached successfully\n\n";
    String detached = "Device detached successfully\n\n";
    String live = " live:" + GUEST1;
    String config = " config:" + GUEST1 + "\n";
    assertThat(out)
        .isEqualTo(
            attached
                + ("held" + live + " config:\n")
                + detached
                + "free live: config:\n"
                + attached
                + ("free" + " live:" + config)
                + detached
                + "free live: config:\n"
                + attached
                + ("held" + live + config)
                + detached
                + ("free" + " live:" + config)
                + detached
                + "free live: config:\n"
                + attached
                + ("held" + live + config)
                + detached
                + "free live: config:\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void detachesByAlias(Caller caller) {
    String out =
        virsh(
            caller,
            RUNNING,
            """
            virsh -q attach-device guest $G1.xml
            virsh -q detach-device-alias guest hostdev9
            virsh detach-device-alias guest hostdev0
            gone() { [ -z "$(hostdevs guest)" ]; }
            await gone
            state
            """);

    assertThat(out)
        .contains("internal error: no device found with alias hostdev9\n")
        .endsWith("Device detach request sent successfully\n\nfree live: config:\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void theMonitorTakesAndGivesAsTheDocumentTypesIt(Caller caller) {
    String out =
        virsh(
            caller,
            RUNNING,
            """
            hmp() { virsh -q qemu-monitor-command guest --hmp "$@"; }
            gone() { [ -z "$(hostdevs guest)" ]; }
            virsh -q attach-device guest $G1.xml
            virsh event guest --all --loop >events &
            until grep -q . events || ! kill -0 $!; do virsh -q suspend guest; virsh -q resume guest; done
            hmp "device_del hostdev0"
            await gone; state
            hmp "device_add vfio-ap,sysfsdev=$matrix/$G1,id=hostdev0"
            state
            virsh attach-device guest $G1.xml
            hmp "device_del hostdev0"
            hmp "device_del hostdev0"
            virsh qemu-monitor-command guest '{"execute":"device_add","arguments":{"driver":"vfio-ap","id":"x","sysfsdev":"'$matrix/$G1'"}}'
            state
            virsh qemu-monitor-command guest '{"execute":"device_del","arguments":{"id":"x"}}'
            state
            await grep -q device-removed events
            kill $!
            sed -n "s/.*'device-removed'/device-removed/p" events
            """);

    assertThat(lines(out, "live:"))
        .containsExactly(
            "free live: config:", "held live: config:", "held live: config:", "free live: config:");
    assertThat(out)
        .contains("'device_add': No 'ap-bus' bus found for device 'vfio-ap'")
        .contains("Error: Device 'hostdev0' not found")
        .contains("\"return\":{}")
        .endsWith("device-removed for domain 'guest': hostdev0\n");
  }
}
