package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What libvirt says of a host that lacks what vfio-ap needs (libvirt 9.0 to 12.8). */
final class RefusedByHostIT extends WithLibvirt {
  private static final String GUEST = "mdev $G1 5 4; domain guest; virsh -q start guest\n";

  private static final String TYPE =
      "/sys/devices/vfio_ap/matrix/mdev_supported_types/vfio_ap-passthrough";

  private static final String REFUSED = "error: Failed to attach device from " + GUEST1 + ".xml\n";

  private static final String PATH = "/sys/bus/mdev/devices/" + GUEST1;

  @ParameterizedTest
  @MethodSource("callers")
  void withoutVfio(Caller caller) {
    String out =
        virsh(
            caller,
            GUEST,
            """
            umount /dev/vfio
            virsh -q attach-device guest $G1.xml
            mount --bind /run/vfioap/fuse/dev/vfio /dev/vfio
            virsh -q attach-device guest $G1.xml && held $G1
            """);

    assertThat(out)
        .isEqualTo(
            REFUSED
                + "error: unsupported configuration: Mediated host device assignment requires VFIO"
                + " support\nheld\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void withoutKvm(Caller caller) {
    String out =
        virsh(
            caller,
            """
            domain guest
            umount -l /dev/kvm
            mv /dev/kvm /dev/none
            virsh -q start guest
            mv /dev/none /dev/kvm
            mount --bind /run/vfioap/fuse/dev/kvm /dev/kvm
            virsh -q start guest && virsh -q domstate guest
            """);

    assertThat(out)
        .startsWith(
            "error: Failed to start domain 'guest'\n"
                + "error: unsupported configuration: Domain requires KVM, but it is not available.")
        .endsWith("running\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void whoseMdevHasAnotherApi(Caller caller) {
    String out =
        virsh(
            caller,
            GUEST,
            "echo vfio-pci >api; mount --bind api " + TYPE + "/device_api",
            "virsh -q attach-device guest $G1.xml",
            "umount " + TYPE + "/device_api",
            "sed -i 's/vfio-ap/vfio-ccw/' $G1.xml; virsh -q attach-device guest $G1.xml");

    String api = "error: internal error: invalid device API '%s' for device " + PATH;
    assertThat(out)
        .isEqualTo(
            REFUSED
                + api.formatted("vfio-ap")
                + ": device only supports 'vfio-pci'\n"
                + REFUSED
                + api.formatted("vfio-ccw")
                + ": device only supports 'vfio-ap'\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void whoseMdevHasNoApi(Caller caller) {
    String out =
        virsh(
            caller,
            GUEST,
            "mkdir none; mount --bind none " + TYPE,
            "virsh -q attach-device guest $G1.xml",
            "umount " + TYPE);

    assertThat(out)
        .isEqualTo(
            REFUSED
                + "error: failed to read '"
                + PATH
                + "/mdev_type/device_api': No such file or directory\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void takesManagedAndUpperCaseForWhatTheyAre(Caller caller) {
    String out =
        virsh(
            caller,
            GUEST,
            """
            U=$(echo $G1 | tr a-f A-F)
            hostdev $U "managed='yes'"
            virsh -q attach-device guest $U.xml; hostdevs guest; held $G1
            virsh -q detach-device guest $U.xml; held $G1
            """);

    assertThat(out).isEqualTo(GUEST1 + "\nheld\nfree\n");
  }
}
