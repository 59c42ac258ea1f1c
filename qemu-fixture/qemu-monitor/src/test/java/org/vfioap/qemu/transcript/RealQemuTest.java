package org.vfioap.qemu.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.persona.QemuVersion;

/** The recordings are honest: the real program still says the same. */
@Tag("long")
class RealQemuTest {
  private static final Path TRANSCRIPTS = Path.of("../../testdata/transcripts");

  /** In a module of the package qemu-system-gui, without which the recordings were made. */
  private static final String OF_A_MODULE = "virtio-gpu-gl-device";

  @TempDir Path scratch;

  static List<Transcript> transcripts() {
    return Transcript.readAll(QemuVersion.V7_2, TRANSCRIPTS).stream()
        .filter(t -> !t.start().has("needs"))
        .toList();
  }

  @BeforeAll
  static void isTheRecordedVersion() throws Exception {
    String recorded =
        QemuVersion.current().number() + " (" + QemuVersion.current().distributor() + ")";
    String version = RealQemu.version();
    assumeTrue(
        version.contains(recorded),
        "needs QEMU " + recorded + " at " + RealQemu.PATH + ", found: " + version);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("transcripts")
  void saysWhatWasRecorded(Transcript transcript) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "t");
    try (TranscriptPlayer player =
        new TranscriptPlayer(
            transcript, directory, TRANSCRIPTS, (a, d, h) -> RealQemu.start(a, d))) {
      for (JsonObject step : transcript.steps()) {
        player.play(step);
      }
    } catch (AssertionError difference) {
      assumeFalse(
          String.valueOf(difference.getMessage()).contains(OF_A_MODULE),
          "lists types, and qemu-system-gui, which adds " + OF_A_MODULE + ", is installed");
      throw difference;
    } finally {
      Files.move(directory, scratch.resolve("played"));
    }
    assertThat(scratch).isNotEmptyDirectory();
  }
}
