package org.vfioap.qemu.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vfioap.qemu.json.JsonObject;

/** Every recorded conversation comes out byte for byte. */
class TranscriptsTest {
  private static final Path TRANSCRIPTS = Path.of("../../testdata/transcripts");

  @TempDir(cleanup = CleanupMode.ALWAYS)
  Path scratch;

  private static Program start(List<String> arguments, Path directory, Optional<String> host)
      throws IOException {
    return Emulator.start(arguments, host, Duration.ofMillis(20));
  }

  static List<Transcript> transcripts() {
    return Transcript.readAll(TRANSCRIPTS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("transcripts")
  void answersAsRecorded(Transcript transcript) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "t");
    try (TranscriptPlayer player =
        new TranscriptPlayer(transcript, directory, TRANSCRIPTS, TranscriptsTest::start)) {
      for (JsonObject step : transcript.steps()) {
        player.play(step);
      }
    } finally {
      Files.move(directory, scratch.resolve("played"));
    }
  }
}
