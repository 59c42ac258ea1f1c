package org.vfioap.qemu.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.host.ApHost;
import org.vfioap.qemu.QemuMonitor;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.process.EndedEarly;
import org.vfioap.qemu.vfio.EmulatedHost;

/** The master key that libvirt gives each guest. */
class SecretObjectTest {
  @TempDir private Path directory;

  private static QemuMonitor start(String secret) throws Exception {
    EmulatedHost host = EmulatedHost.of(ApHost.builder().boot(), "guest");
    return QemuMonitor.start(host, "-machine", "none", "-S", "-object", secret);
  }

  @Test
  void isReadFromAFile() throws Exception {
    Path file = Files.writeString(directory.resolve("master-key.aes"), "key");
    try (QemuMonitor qemu = start("secret,id=masterKey0,format=raw,file=" + file);
        QmpClient client = qemu.connect()) {
      JsonObject property = JsonObject.of("path", "/objects/masterKey0").with("property", "file");

      assertThat(client.execute("qom-get", property)).isEqualTo(new JsonString(file.toString()));
    }
  }

  @Test
  void isNotReadWithoutEnd() {
    assertThatThrownBy(() -> start("secret,id=m,file=/dev/zero"))
        .isInstanceOfSatisfying(
            EndedEarly.class,
            ended ->
                assertThat(ended.err())
                    .endsWith(
                        "Unable to read /dev/zero: it is longer than 1048576 bytes, the most"
                            + " allowed\n"));
  }

  @Test
  void needsOneSourceThatExists() {
    assertThatThrownBy(() -> start("secret,id=m")).isInstanceOf(EndedEarly.class);
    assertThatThrownBy(() -> start("secret,id=m,data=x,file=/sys/x"))
        .isInstanceOf(EndedEarly.class);
    assertThatThrownBy(() -> start("secret,id=m,file=/nosuch")).isInstanceOf(EndedEarly.class);
  }
}
