package org.vfioap.mount;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.Machine;
import org.vfioap.mdev.OpenMdev;

/**
 * A real shell types into the mounted machine of the document.
 *
 * <pre>
 *        04    47    ab    ff
 *  05     C     C     C     C
 *  06     A     A     A     A
 * </pre>
 */
@Timeout(60)
final class ShellOnMountTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String MDEV = "devices/vfio_ap/matrix/" + UUID;
  private static final String CREATE =
      "echo " + UUID + " > class/mdev_bus/matrix/mdev_supported_types/vfio_ap-passthrough/create";
  private static final String RESERVE = "echo -5,-6 > bus/ap/apmask; ";

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

  private static String inSys(String script) {
    return "cd sys && { " + script + "; }";
  }

  private Process start(String script) throws IOException {
    return machine.start(inSys(script));
  }

  private String bash(String script) throws IOException, InterruptedException {
    return machine.bash(inSys(script));
  }

  @Test
  void showsWhatAnAttributeSays() throws Exception {
    assertThat(bash("cat devices/ap/card05/type bus/ap/drivers/cex4queue/uevent"))
        .startsWith("CEX5C\n")
        .contains("Permission denied");
  }

  @Test
  void fillsAnMdevAsTheDocumentDoes() throws Exception {
    String out =
        bash(
            RESERVE
                + CREATE
                + "; cd "
                + MDEV
                + " && echo 5 > assign_adapter && echo 4 > assign_domain && cat matrix");
    assertThat(out).isEqualTo("05.0004\n");
  }

  @Test
  void passesTheErrorOfAStoreOn() throws Exception {
    String out =
        bash(CREATE + "; cd " + MDEV + "; echo 5 > assign_adapter; echo 4 > assign_domain");
    assertThat(out).contains("write error: Cannot assign requested address");
  }

  @Test
  void refusesToReadAWriteOnlyFileEvenForRoot() throws Exception {
    assertThat(bash(CREATE + "; cat " + MDEV + "/assign_adapter")).contains("Permission denied");
  }

  @Test
  void refusesNewFilesAsSysfsDoes() throws Exception {
    assertThat(bash("echo 1 > bus/ap/nosuch")).contains("Permission denied");
    assertThat(bash("mkdir bus/ap/new; rm bus/ap/scans; ln -s x bus/ap/y"))
        .hasLineCount(3)
        .doesNotContain("denied")
        .contains("Operation not permitted");
  }

  @Test
  void claimsAPagePerFile() throws Exception {
    assertThat(bash("stat -c '%s %a %F' bus/ap/apmask devices/ap bus/ap/devices/card05"))
        .isEqualTo("4096 644 regular file\n0 755 directory\n0 777 symbolic link\n");
  }

  @Test
  void takesAWriteAsOneStoreOfAtMostAPage() throws Exception {
    String out = bash("perl -e 'open F, \">bus/ap/scans\"; print syswrite(F, \" \" x 5000)'");
    assertThat(out).isEqualTo("4096");
  }

  @Test
  void listsWhatComesAndGoes() throws Exception {
    assertThat(bash("ls bus/mdev/devices; " + CREATE + "; ls bus/mdev/devices"))
        .isEqualTo(UUID + "\n");
    assertThat(bash("echo 1 > " + MDEV + "/remove; ls bus/mdev/devices")).isEmpty();
  }

  @Test
  void waitingRemovalsHoldUpNobodyElse() throws Exception {
    CountDownLatch waits = new CountDownLatch(3);
    host.onWait(reason -> waits.countDown());
    List<Process> removals = new ArrayList<>();
    List<OpenMdev> open = new ArrayList<>();
    for (String last : List.of("1", "2", "3")) {
      String uuid = UUID.substring(0, 35) + last;
      bash(CREATE.replace(UUID, uuid));
      open.add(host.open(uuid, host.guest("guest " + last)));
      removals.add(start("echo 1 > " + MDEV.replace(UUID, uuid) + "/remove"));
    }
    assertThat(waits.await(20, SECONDS)).isTrue();
    assertThat(bash("cat bus/ap/poll_thread")).isEqualTo("0\n");
    open.forEach(OpenMdev::close);
    for (Process removal : removals) {
      assertThat(removal.waitFor(20, SECONDS)).isTrue();
    }
  }
}
