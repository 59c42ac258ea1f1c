package org.vfioap.qemu.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.qemu.vfio.DescribedHost;

/** Files of -readconfig, and what qemu-system-s390x 7.2.22 said about them. */
class ConfigFileTest {
  @TempDir private Path folder;

  private QemuProcess start(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("cfg"), text.replace("|", "\n") + "\n");
    return QemuProcess.start(
        "qemu-system-s390x",
        List.of("-machine", "s390-ccw-virtio", "-S", "-readconfig", file.toString()),
        DescribedHost.parse("{}"),
        Duration.ZERO,
        said -> {});
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "[device \"h\"]|driver = \"virtio-rng-ccw\"|bogus = \"1\","
            + ":FILE:3: Property 'virtio-rng-ccw.bogus' not found",
        "[device \"h\"]|driver = nosuch,:FILE:2: '' is not a valid device model name",
        "[nosuch \"h\"]|a = \"b\",:FILE:2: There is no option group 'nosuch'",
        "a = \"b\",:FILE:1: no group defined",
        "[device \"9\"]|driver = \"virtio-rng-ccw\",:FILE:2: Parameter 'id' expects an identifier",
        "[device \"a\"]|driver = \"sclp\"|[device \"a\"]|driver = \"sclp\","
            + ":FILE:4: Duplicate ID 'a' for device",
        "# x||[machine]|nosuch = \"1\",: Property 's390-ccw-virtio-7.2-machine.nosuch' not found",
      })
  void refusesWithTheLineWhereTheGroupEnds(String text, String message) {
    EndedEarly ended = catchThrowableOfType(EndedEarly.class, () -> start(text).close());

    assertThat(ended.err().replace(folder.resolve("cfg").toString(), "FILE"))
        .isEqualTo("qemu-system-s390x" + message + "\n");
  }

  @Test
  void groupsAreOptions() throws Exception {
    try (QemuProcess process =
        start("[device \"h\"]|driver = \"virtio-rng-ccw\"|[name]|guest = \"a,b\"")) {
      assertThat(process.guest().configuration().name()).contains("a,b");
      assertThat(process.guest().board().at("/machine/peripheral/h")).isPresent();
    }
  }
}
