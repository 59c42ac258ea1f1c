package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.vfio.DescribedHost;

/** What qemu-system-s390x 7.2.22 printed for the same lines in a machine with 32 MiB. */
class HumanAnswersTest {
  @TempDir private Path folder;
  private QemuMonitor qemu;
  private QmpClient client;

  @BeforeEach
  void start() throws Exception {
    qemu =
        QemuMonitor.start(
            DescribedHost.parse("{}"), "-machine", "s390-ccw-virtio", "-m", "32", "-S");
    client = qemu.connect();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    qemu.close();
  }

  private String answer(String line) throws Exception {
    JsonObject arguments = JsonObject.of("command-line", line);
    return ((JsonString) client.execute("human-monitor-command", arguments)).text();
  }

  @Test
  void sizeEndsWhereItIsNoSizeAnyMore() throws Exception {
    assertThat(answer("block_resize d0 1Z"))
        .startsWith("block_resize: extraneous characters at the end of line\r\n");
  }

  @Test
  void wordEndsAfter1023Bytes() throws Exception {
    assertThat(answer("device_add " + "ä".repeat(511) + "bcd"))
        .isEqualTo("Error: '" + "ä".repeat(511) + "b' is not a valid device model name\r\n");
  }

  @Test
  void dashAloneEndsTheComplaint() throws Exception {
    assertThat(answer("eject -"))
        .isEqualTo("eject: unsupported option -Try \"help eject\" for more information\r\n");
  }

  @Test
  void flagOfALaterArgumentIsLeftToIt() throws Exception {
    assertThat(answer("snapshot_blkdev -"))
        .isEqualTo("Error: Parameter 'snapshot-file' is missing\r\n");
  }

  @Test
  void formatHoldsThoughTheLineWasRefused() throws Exception {
    answer("print/d r0");
    assertThat(answer("print 0x1000")).isEqualTo("4096\r\n");
  }

  @Test
  void savesMemory() throws Exception {
    Path file = folder.resolve("memory");
    assertThat(answer("pmemsave 0 3000 \"" + file + "\"")).isEmpty();
    assertThat(Files.size(file)).isEqualTo(3000);
  }

  @Test
  void memoryThatIsNotThereCannotBeSaved() throws Exception {
    Path file = folder.resolve("memory");
    assertThat(answer("memsave -1 1 \"" + file + "\""))
        .isEqualTo("Error: Invalid addr 0xffffffffffffffff/size 1 specified\r\n");
  }

  @Test
  void dumpTakesOneFormat() throws Exception {
    assertThat(answer("dump-guest-memory -z -l x"))
        .isEqualTo("Error: only one of '-z|-l|-s|-w' can be set\r\n");
  }

  @Test
  void snapshotThatDoesNotExistStopsTheGuest() throws Exception {
    client.execute("set-action", JsonObject.of("panic", "none"));
    client.execute("cont");
    answer("loadvm a");
    assertThat(answer("info status")).isEqualTo("VM status: paused (restore-vm)\r\n");
  }
}
