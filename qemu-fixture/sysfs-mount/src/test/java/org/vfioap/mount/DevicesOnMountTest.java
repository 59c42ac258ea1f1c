package org.vfioap.mount;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.host.ApHost;
import org.vfioap.machine.Machine;

/**
 * Processes open the devices of the mounted machine of the document.
 *
 * <pre>
 *        04    47    ab    ff
 *  05     C     C     C     C
 *  06     A     A     A     A
 * </pre>
 */
@Timeout(60)
final class DevicesOnMountTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String OTHER = "62177883-f1bb-47f0-914d-32a22e3a8805";
  private static final String MATRIX = "sys/devices/vfio_ap/matrix/";
  private static final String MDEV = MATRIX + UUID;
  private static final String TYPE = MATRIX + "mdev_supported_types/vfio_ap-passthrough/";
  private static final String RUN = "exec 4<>dev/kvm; echo vm a guest ap,apqci,apft >&4; ";
  private static final String PLUG = "exec 3<>dev/vfio/0; echo device " + UUID + " >&3; ";

  @TempDir private Path directory;
  private final ApHost host = Machine.preset("document").boot();
  private MountedMachine machine;

  @BeforeEach
  void createMdev() throws Exception {
    machine = MountedMachine.of(host, directory);
    assertThat(
            machine.bash(
                "echo -5,-6 > sys/bus/ap/apmask; echo "
                    + UUID
                    + " > "
                    + TYPE
                    + "create; echo 5 > "
                    + MDEV
                    + "/assign_adapter; echo 4 > "
                    + MDEV
                    + "/assign_domain"))
        .isEmpty();
  }

  @AfterEach
  void unmount() {
    machine.close();
  }

  @Test
  void showsAGroupWhileThereIsItsMdev() throws Exception {
    assertThat(machine.bash("ls dev dev/vfio; echo 1 > " + MDEV + "/remove; ls dev/vfio"))
        .isEqualTo("dev:\nkvm\nvfio\nz90crypt\n\ndev/vfio:\n0\nvfio\nvfio\n");
  }

  @Test
  void holdsTheMdevForAProcessWithTheGroupOpen() throws Exception {
    assertThat(machine.bash("exec 3<>dev/vfio/0; echo 1 > " + MDEV + "/remove"))
        .contains("Device or resource busy");
    assertThat(machine.bash("echo 1 > " + MDEV + "/remove; ls " + MATRIX)).doesNotContain(UUID);
  }

  @Test
  void namesAGuestAfterItsProcess() throws Exception {
    machine.bash("exec 3<>dev/vfio/0");
    Process holder = machine.start("exec 3<>dev/vfio/0 && echo held && exec sleep 60");
    BufferedReader out = holder.inputReader();
    assertThat(out.readLine()).isEqualTo("held");
    assertThat(host.mdevs().get(0).guest()).contains("bash");
    assertThat(machine.bash("exec 3<>dev/vfio/0")).contains("Device or resource busy");
    holder.destroyForcibly().waitFor(20, SECONDS);
    assertThat(machine.bash("exec 3<>dev/vfio/0 && echo mine")).isEqualTo("mine\n");
  }

  @Test
  void makesAProcessAVirtualMachineWithALinux() throws Exception {
    String out =
        machine.bash(
            RUN + PLUG + "cd 'guests/a guest/sys/bus/ap'; cat ap_adapter_mask; ls devices");
    assertThat(out).startsWith("0x04000000").endsWith("05.0004\ncard05\n");
    assertThat(machine.bash("ls guests")).isEmpty();
  }

  @Test
  void givesAVirtualMachineOneMdevOnly() throws Exception {
    String out =
        machine.bash(
            "echo "
                + OTHER
                + " > "
                + TYPE
                + "create; "
                + RUN
                + PLUG
                + "exec 5<>dev/vfio/1 && echo open; echo device "
                + OTHER
                + " >&5");
    assertThat(out).startsWith("open\n").contains("Operation not permitted");
  }

  @Test
  void bootsTheGuestAnewAtReset() throws Exception {
    String out =
        machine.bash(
            RUN
                + PLUG
                + "cd 'guests/a guest/sys/bus/ap'; echo 20 > config_time; echo reset >&4; cat"
                + " config_time");
    assertThat(out).isEqualTo("30\n");
  }

  @Test
  void showsANodeOfZcryptFromItsCreationToItsEnd() throws Exception {
    String out =
        machine.bash(
            "cd dev; class=../sys/class/zcrypt; ls node pod 2>&1 | grep -c 'No such file'; echo node"
                + " > $class/create; echo pod/queue > $class/create; ls; ls pod; stat -c %a"
                + " pod/queue; echo node > $class/destroy; echo 'pod!queue' > $class/destroy; ls");
    assertThat(out)
        .isEqualTo("2\nkvm\nnode\npod\nvfio\nz90crypt\nqueue\n600\nkvm\nvfio\nz90crypt\n");
  }

  @Test
  void opensANodeThatIsDestroyedMeanwhile() throws Exception {
    String out =
        machine.bash(
            "echo node > sys/class/zcrypt/create; exec 5<>dev/node; echo node >"
                + " sys/class/zcrypt/destroy; cat <&5; echo x >&5; ls dev");
    assertThat(out).contains("Operation not permitted").endsWith("kvm\nvfio\nz90crypt\n");
  }

  @Test
  void neverHidesADeviceBehindANode() throws Exception {
    String out =
        machine.bash(
            "echo kvm > sys/class/zcrypt/create; echo vfio/0 > sys/class/zcrypt/create; ls dev"
                + " dev/vfio; "
                + RUN
                + "ls guests");
    assertThat(out).isEqualTo("dev:\nkvm\nvfio\nz90crypt\n\ndev/vfio:\n0\nvfio\na guest\n");
  }

  @Test
  void refusesWhatIsNoRequest() throws Exception {
    assertThat(machine.bash("echo hello > dev/kvm; cat dev/vfio/vfio; echo vm x fast > dev/kvm"))
        .hasLineCount(3)
        .contains("Invalid argument");
  }
}
