package org.vfioap.qemu.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.vfio.DescribedHost;

/** Command lines that end at once print what qemu-system-s390x printed, and end with its status. */
class CommandLinesTest {
  private static final Path RECORDED = Path.of("../../testdata/qemu/command-lines.jsonl");

  static List<String> lines() throws IOException {
    return Files.readAllLines(RECORDED);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void endsAsRecorded(String line) throws JsonSyntaxException {
    JsonObject recorded = (JsonObject) JsonReader.parse(line);
    StringBuilder complaints = new StringBuilder();

    EndedEarly ended =
        catchThrowableOfType(
            EndedEarly.class,
            () ->
                QemuProcess.start(
                        "qemu-system-s390x",
                        arguments(recorded),
                        DescribedHost.parse("{}"),
                        Duration.ZERO,
                        complaints::append)
                    .close());

    assertThat(ended).isNotNull();
    assertThat(complaints + ended.err()).isEqualTo(recorded.text("err").orElseThrow());
    assertThat(ended.out()).isEqualTo(recorded.text("out").orElseThrow());
    assertThat(ended.status()).hasToString(recorded.get("status").orElseThrow().toString());
  }

  private static List<String> arguments(JsonObject recorded) {
    return ((JsonArray) recorded.get("args").orElseThrow())
        .items().stream().map(value -> ((JsonString) value).text()).toList();
  }
}
