package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Unplugging that goes wrong, as the user of a running guest orders it (libvirt 9.0). */
final class UnplugFaultsIT extends WithLibvirt {
  private static final String PLUGGED =
      """
      mdev $G1 5 4
      domain guest
      virsh -q start guest
      virsh -q attach-device guest $G1.xml
      mkdir -p /run/qemu-faults
      fault() { echo "$1" >/run/qemu-faults/guest; }
      mended() { rm /run/qemu-faults/guest; }
      state() { echo "$(held $G1) live:$(hostdevs guest)"; }
      gone() { [ -z "$(hostdevs guest)" ]; }
      detach() { virsh -q detach-device guest $G1.xml && echo detached; }
      """;

  private static final String HELD = "held live:" + GUEST1 + "\n";
  private static final String FREE = "free live:\n";
  private static final String IN_USE =
      "error: Failed to attach device from "
          + GUEST1
          + ".xml\nerror: Requested operation is not valid: mediated device"
          + " /sys/bus/mdev/devices/"
          + GUEST1
          + " is in use by driver QEMU, domain guest\n";
  private static final String NOT_DETACHED =
      "error: Failed to detach device from " + GUEST1 + ".xml\n";

  @ParameterizedTest
  @MethodSource("callers")
  void aRefusedOrRejectedDeviceStaysAndGoesNextTime(Caller caller) {
    String out =
        virsh(
            caller,
            PLUGGED,
            """
            fault 'refuse no way out'; detach; state
            fault reject; detach; state
            fault explode; detach; state
            mended
            sed -n 's/.*: \\(.*is no fault.*\\)/\\1/p' /var/log/libvirt/qemu/guest.log
            """);

    assertThat(out)
        .isEqualTo(
            NOT_DETACHED
                + "error: internal error: unable to execute QEMU command 'device_del': no way"
                + " out\n"
                + HELD
                + NOT_DETACHED
                + "error: operation failed: unplug of device was rejected by the guest\n"
                + HELD
                + "detached\n"
                + FREE
                + "'explode' is no fault; allowed: reject, ignore, lose, delay MILLISECONDS, refuse"
                + " TEXT\n");
  }

  /** libvirt waits five seconds for the event, then virsh says that it went well. */
  @ParameterizedTest
  @MethodSource("callers")
  void aDeviceThatTheGuestKeepsStaysInUse(Caller caller) {
    String out =
        virsh(
            caller,
            PLUGGED,
            "fault ignore; detach; state",
            "virsh -q attach-device guest $G1.xml",
            "mended; detach; state");

    assertThat(out).isEqualTo("detached\n" + HELD + IN_USE + "detached\n" + FREE);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void aLateEventTakesTheDeviceOutOfTheXml(Caller caller) {
    String out =
        virsh(
            caller,
            PLUGGED,
            """
            fault 'delay 7000'
            detach; state
            await gone; state
            """);

    assertThat(out).isEqualTo("detached\nfree live:" + GUEST1 + "\n" + FREE);
  }

  /**
   * libvirt asks QEMU for its devices before it gives up, so even a new libvirtd sees no change.
   */
  @ParameterizedTest
  @MethodSource("callers")
  void aLostEventLeavesTheDeviceInTheXmlUntilTheGuestStops(Caller caller) {
    String out =
        virsh(
            caller,
            PLUGGED,
            """
            fault lose
            detach; state
            mended
            virsh -q attach-device guest $G1.xml
            virsh -q destroy guest; virsh -q start guest; state
            virsh -q attach-device guest $G1.xml; state
            """);

    assertThat(out).isEqualTo("detached\nfree live:" + GUEST1 + "\n" + IN_USE + FREE + HELD);
  }
}
