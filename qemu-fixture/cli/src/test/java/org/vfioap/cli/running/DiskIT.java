package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Disks of guests in a machine, cold and hot, through libvirt. */
final class DiskIT extends WithLibvirt {
  private static final String GUEST =
      """
      truncate -s 10M first.img
      truncate -s 20M second.img
      image="<driver name='qemu' type='raw'/><source file='$PWD/first.img'/>"
      disk="<disk type='file' device='disk'>$image<target dev='vda' bus='virtio'/></disk>"
      domain guest "$disk"
      virsh -q start guest
      disks() { virsh -q domblklist guest | sed "s|$PWD/||" | tr -s ' '; }
      """;

  @ParameterizedTest
  @MethodSource("callers")
  void diskComesAndGoesWhileTheGuestRuns(Caller caller) {
    String out =
        virsh(
            caller,
            GUEST,
            """
            virsh -q attach-disk guest $PWD/second.img vdb --live --config
            disks
            virsh -q domblkinfo guest vdb
            virsh -q domblkstat guest vdb | head -1
            virsh -q detach-disk guest vdb --live --config
            disks
            """);

    assertThat(out.replaceAll("\n+", "\n"))
        .isEqualTo(
            """
            Disk attached successfully
             vda first.img
             vdb second.img
            Capacity: 20971520
            Allocation: 0
            Physical: 20971520
            vdb rd_req 0
            Disk detached successfully
             vda first.img
            """
                .replace("Capacity: ", "Capacity:       ")
                .replace("Allocation: ", "Allocation:     ")
                .replace("Physical: ", "Physical:       ")
                .replaceAll("Disk (de|at)tached successfully\n", ""));
  }

  @ParameterizedTest
  @MethodSource("callers")
  void diskGrowsWithItsFile(Caller caller) {
    String out =
        virsh(
            caller,
            GUEST,
            "virsh -q blockresize guest vda 15M >/dev/null; stat -c %s first.img;"
                + " virsh -q domblkinfo guest vda | head -1");

    assertThat(out).isEqualTo("15728640\nCapacity:       15728640\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void secondGuestDoesNotGetTheDiskOfTheFirst(Caller caller) {
    String out =
        virsh(
            caller,
            GUEST,
            """
            domain other "$disk"
            virsh -q start other
            virsh -q destroy guest
            virsh -q start other && virsh -q domstate other
            """);

    assertThat(out)
        .contains("Failed to get \"write\" lock\nIs another process using the image [")
        .endsWith("running\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void savedGuestComesBackToItsDisk(Caller caller) {
    String out =
        virsh(
            caller,
            GUEST,
            "virsh -q save guest saved >/dev/null; virsh -q restore saved >/dev/null; disks;"
                + " virsh -q domstate guest");

    assertThat(out.replaceAll("\n+", "\n")).isEqualTo(" vda first.img\nrunning\n");
  }
}
