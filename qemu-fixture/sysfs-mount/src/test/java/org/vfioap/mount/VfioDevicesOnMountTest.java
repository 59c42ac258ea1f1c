package org.vfioap.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.files.MachineFiles;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.Machine;

/** The nodes of vfio devices, {@code /dev/vfio/devices/vfioN}, beside those of their groups. */
@Timeout(60)
final class VfioDevicesOnMountTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String MATRIX = "sys/devices/vfio_ap/matrix/";
  private static final String CREATE =
      "echo " + UUID + " > " + MATRIX + "mdev_supported_types/vfio_ap-passthrough/create; ";

  @TempDir private Path directory;

  private static ApHost host(KernelProfile kernel) {
    return Machine.preset("document").withProfile(kernel).boot();
  }

  @Test
  void nodeIsThatOfClassVfioDev() throws Exception {
    try (MountedMachine machine = MountedMachine.of(host(KernelProfile.LINUX_6_19), directory)) {
      assertThat(
              machine.bash(
                  CREATE
                      + "ls sys/class/vfio-dev dev/vfio/devices; cat sys/class/vfio-dev/vfio0/dev;"
                      + " grep DEVNAME sys/class/vfio-dev/vfio0/uevent; echo 1 > "
                      + MATRIX
                      + UUID
                      + "/remove; ls dev/vfio/devices dev/vfio"))
          .isEqualTo(
              """
              dev/vfio/devices:
              vfio0

              sys/class/vfio-dev:
              vfio0
              510:0
              DEVNAME=vfio/devices/vfio0
              dev/vfio:
              devices
              vfio

              dev/vfio/devices:
              """);
    }
  }

  @Test
  void deviceAndItsGroupAreHeldByOneProgram() throws Exception {
    try (MountedMachine machine = MountedMachine.of(host(KernelProfile.LINUX_6_19), directory)) {
      assertThat(
              machine.bash(CREATE + "exec 3<>dev/vfio/devices/vfio0; (exec 4<>dev/vfio/0); true"))
          .contains("Device or resource busy");
    }
  }

  @Test
  void olderKernelHasNone() throws Exception {
    try (MountedMachine machine = MountedMachine.of(host(KernelProfile.LINUX_6_1), directory)) {
      assertThat(machine.bash(CREATE + "ls dev/vfio")).isEqualTo("0\nvfio\n");
    }
  }

  @Test
  void filesOfTheProcessHaveThemToo() throws IOException {
    ApHost host = host(KernelProfile.LINUX_7_2);
    Path root = MachineFiles.of(host).getPath("/");
    host.sysfs().write("/" + MATRIX + "mdev_supported_types/vfio_ap-passthrough/create", UUID);
    Path node = root.resolve("dev/vfio/devices/vfio0");

    assertThat(node).exists();
    try (var held = Files.newByteChannel(node, StandardOpenOption.WRITE)) {
      assertThat(held.isOpen()).isTrue();
      assertThat(host.mdevs().get(0).open()).isTrue();
    }
  }
}
