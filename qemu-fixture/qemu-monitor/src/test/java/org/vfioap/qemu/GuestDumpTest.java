package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.vfio.DescribedHost;

/** A paused guest with 32 MiB is written to a core file. */
class GuestDumpTest {
  @TempDir private Path directory;

  private static QemuMonitor start() throws Exception {
    return QemuMonitor.start(
        DescribedHost.parse("{}"), "-machine", "s390-ccw-virtio", "-m", "32", "-S");
  }

  @Test
  void writesACoreFileForItsOwnerAlone() throws Exception {
    Path core = directory.resolve("core");
    try (QemuMonitor qemu = start();
        QmpClient client = qemu.connect()) {
      JsonObject arguments = JsonObject.of("protocol", "file:" + core).with("paging", false);
      client.execute("dump-guest-memory", arguments);
      assertThat(client.awaitEvent("DUMP_COMPLETED").data().toJson())
          .contains("\"total\": 33554432", "\"status\": \"completed\"");
      assertThat(client.execute("query-dump").toJson()).contains("\"completed\": 33554432");
    }
    assertThat(Files.readAllBytes(core)).startsWith(0x7F, 'E', 'L', 'F', 2, 2, 1).hasSize(120);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(core)))
        .isEqualTo("r--------");
  }

  @Test
  void emptiesWhatIsThereInsteadOfReplacingIt() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "x".repeat(1000));
    Path other = Files.createLink(directory.resolve("other"), file);
    try (QemuMonitor qemu = start();
        QmpClient client = qemu.connect()) {
      JsonObject part = JsonObject.empty().with("val", 0).with("size", 100);
      client.execute("pmemsave", part.with("filename", file.toString()));
      client.execute("memsave", part.with("filename", "/dev/null"));
      client.execute(
          "dump-guest-memory", JsonObject.of("protocol", "file:/dev/null").with("paging", false));
    }
    assertThat(Files.readAllBytes(other)).isEqualTo(new byte[100]);
    assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(2);
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void tellsThatTheTargetIsFull() throws Exception {
    try (QemuMonitor qemu = start();
        QmpClient client = qemu.connect()) {
      JsonObject arguments = JsonObject.of("protocol", "file:/dev/full").with("paging", false);
      assertThatExceptionOfType(QemuError.class)
          .isThrownBy(() -> client.execute("dump-guest-memory", arguments))
          .withMessage("dump: failed to write elf header: No space left on device");
      assertThat(client.awaitEvent("DUMP_COMPLETED").data().toJson())
          .contains("\"status\": \"failed\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "x | elf | Invalid parameter 'protocol'",
        "fd:x | elf | File descriptor named 'x' has not been found",
        "file:/nosuch/x | elf | Could not open '/nosuch/x': No such file or directory",
        "file:/nosuch/x | win-dmp | Windows dump is only available for x86-64"
      })
  void refusesAsQemuDoes(String protocol, String format, String text) throws Exception {
    try (QemuMonitor qemu = start();
        QmpClient client = qemu.connect()) {
      JsonObject arguments =
          JsonObject.of("protocol", protocol).with("paging", false).with("format", format);
      assertThatExceptionOfType(QemuError.class)
          .isThrownBy(() -> client.execute("dump-guest-memory", arguments))
          .withMessage(text);
    }
  }
}
