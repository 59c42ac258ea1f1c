package org.vfioap.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.ap.ApMask;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.Machine;

/** What the kernel learns while a shell lists the mounted machine is never outdated. */
@Timeout(60)
final class ListedMachineTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String LIST = "cd sys; ls -lR . >/dev/null; ";
  private static final String MATRIX = "devices/vfio_ap/matrix";
  private static final String CREATE =
      "echo " + UUID + " > " + MATRIX + "/mdev_supported_types/vfio_ap-passthrough/create; ";

  @TempDir private Path directory;
  private final ApHost host =
      Machine.preset("document").withProfile(KernelProfile.LINUX_6_1).boot();
  private MountedMachine machine;

  @BeforeEach
  void mount() {
    machine = MountedMachine.of(host, directory);
  }

  @AfterEach
  void unmount() {
    machine.close();
  }

  @Test
  void showsAnMdevThatCameAfterTheListing() throws Exception {
    assertThat(
            machine.bash(LIST + CREATE + "[ -e " + MATRIX + "/" + UUID + "/matrix ] && echo yes"))
        .isEqualTo("yes\n");
  }

  @Test
  void showsNothingOfAnMdevThatWentAfterTheListing() throws Exception {
    String gone =
        "for file in $all; do [ -e $file ] && echo $file; done; "
            + "ls bus/mdev/devices kernel/iommu_groups";
    assertThat(
            machine.bash(
                "cd sys; "
                    + CREATE
                    + "all=$(find . -path '*"
                    + UUID
                    + "*'); ls -lR . >/dev/null; echo 1 > "
                    + MATRIX
                    + "/"
                    + UUID
                    + "/remove; "
                    + gone))
        .isEqualTo("bus/mdev/devices:\n\nkernel/iommu_groups:\n");
  }

  @Test
  void showsTheFilesOfTheDriverThatAQueueHasNow() throws Exception {
    String queue = "devices/ap/card05/05.0004";
    assertThat(
            machine.bash(
                LIST
                    + "echo 05.0004 > bus/ap/drivers/cex4queue/unbind; "
                    + "for name in online load driver config; do [ -e "
                    + queue
                    + "/$name ] && echo $name; done"))
        .isEqualTo("config\n");
  }

  @Test
  void showsTheLinkToTheDriverThatAQueueHasNow() throws Exception {
    assertThat(
            machine.bash(
                LIST
                    + "echo -5 > bus/ap/apmask; echo 5:; readlink devices/ap/card05/05.0004/driver"))
        .isEqualTo("5:\n../../../../bus/ap/drivers/vfio_ap\n");
  }

  @Test
  void showsNoCardThatWentAfterTheListing() throws Exception {
    machine.bash(LIST);

    machine.mount().change(() -> host.change(hardware -> hardware.adapters(ApMask.of(5))));

    assertThat(
            machine.bash(
                "cd sys; for card in 5 6; do [ -e devices/ap/card0$card/0$card.0004 ] && echo $card; done"))
        .isEqualTo("5\n");
  }

  @Test
  void listsTheSameAgain() throws Exception {
    String first = machine.bash("ls -lR sys");

    assertThat(machine.bash("ls -lR sys")).isEqualTo(first);
    assertThat(first).contains("05.0004");
  }
}
