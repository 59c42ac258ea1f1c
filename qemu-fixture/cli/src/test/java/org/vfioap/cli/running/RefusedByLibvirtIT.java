package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What libvirt, the emulated QEMU and the kernel refuse, in their words (libvirt 9.0 to 12.8). */
final class RefusedByLibvirtIT extends WithLibvirt {
  private static final String TWO =
      """
      mdev $G1 '5' '4'
      mdev $G2 '6' '4'
      domain guest
      domain other
      virsh -q start guest
      virsh -q start other
      virsh -q attach-device guest $G1.xml
      """;

  private static final String PATH = "/sys/bus/mdev/devices/" + GUEST1;

  private static final String IN_USE =
      "error: Requested operation is not valid: mediated device "
          + PATH
          + " is in use by driver QEMU, domain guest\n";

  @ParameterizedTest
  @MethodSource("callers")
  void aDeviceInUse(Caller caller) {
    String out =
        virsh(
            caller,
            TWO,
            """
            virsh -q attach-device guest $G1.xml
            virsh -q attach-device other $G1.xml
            virsh -q destroy other
            virsh -q attach-device other $G1.xml --config
            virsh -q attach-device other $G1.xml --config
            virsh -q start other
            """);

    String attach = "error: Failed to attach device from " + GUEST1 + ".xml\n";
    assertThat(out)
        .isEqualTo(
            attach
                + IN_USE
                + attach
                + IN_USE
                + attach
                + "error: Requested operation is not valid: device is already in the domain"
                + " configuration\nerror: Failed to start domain 'other'\n"
                + IN_USE);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void aSecondDeviceOfTheGuest(Caller caller) {
    String out =
        virsh(
            caller,
            TWO,
            "virsh -q attach-device guest $G2.xml",
            "domain third \"$(cat $G1.xml $G2.xml)\"");

    assertThat(out)
        .contains(
            "error: internal error: unable to execute QEMU command 'device_add': No 'ap-bus' bus"
                + " found for device 'vfio-ap'\n")
        .endsWith(
            "error: unsupported configuration: Only one hostdev of model vfio-ap is supported\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void aDeviceThatDoesNotExist(Caller caller) {
    String unknown = "11111111-1111-1111-1111-111111111111";
    String out =
        virsh(
            caller,
            "domain guest; virsh -q start guest; hostdev " + unknown,
            "virsh -q attach-device guest " + unknown + ".xml",
            "virsh -q detach-device guest " + unknown + ".xml",
            "domain other \"$(cat " + unknown + ".xml)\"; virsh -q start other");

    String text = "error: device not found: mediated device '" + unknown + "' not found\n";
    assertThat(out)
        .isEqualTo(
            "error: Failed to attach device from %1$s.xml\n%2$serror: Failed to detach device from"
                    .formatted(unknown, text)
                + " %1$s.xml\n%2$serror: Failed to start domain 'other'\n%2$s"
                    .formatted(unknown, text));
  }

  @ParameterizedTest
  @MethodSource("callers")
  void savingAndMigratingWithTheDevice(Caller caller) {
    String out =
        virsh(
            caller,
            TWO,
            """
            virsh -q save guest image
            virsh -q managedsave guest
            virsh -q migrate --live guest qemu:///system
            virsh -q domstate guest; hostdevs guest
            """);

    assertThat(lines(out, "cannot migrate domain: "))
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(
            line ->
                line.equals(
                    "error: Requested operation is not valid: cannot migrate domain:"
                        + " non-migratable device: /1/vfio-ap"));
    assertThat(out).endsWith("running\n" + GUEST1 + "\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void masksAndRemovalOfWhatAGuestHas(Caller caller) {
    String out =
        virsh(
            caller,
            TWO,
            """
            echo +5 >/sys/bus/ap/apmask
            echo +4 >/sys/bus/ap/aqmask
            (exec 3<>/dev/vfio/$(basename $(readlink $matrix/$G1/iommu_group))) 2>&1 | grep -o 'Device.*'
            virsh -q attach-device other $G2.xml
            held $G1; cat $matrix/$G1/guest_matrix
            """);

    assertThat(out)
        .contains("write error: Device or resource busy\nDevice or resource busy\n")
        .endsWith("held\n05.0004\n");
  }
}
