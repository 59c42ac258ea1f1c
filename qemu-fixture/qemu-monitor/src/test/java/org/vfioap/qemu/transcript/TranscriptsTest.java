package org.vfioap.qemu.transcript;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  static List<Transcript> transcripts() {
    return Transcript.readAll(TRANSCRIPTS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("transcripts")
  void answersAsRecorded(Transcript transcript) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "t");
    try (TranscriptPlayer player = new TranscriptPlayer(transcript, directory, TRANSCRIPTS)) {
      for (JsonObject step : transcript.steps()) {
        player.play(step);
      }
    } finally {
      Files.move(directory, scratch.resolve("played"));
    }
  }
}
