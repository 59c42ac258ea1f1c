package org.vfioap.qemu.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.persona.QemuVersion;

/**
 * Every recorded conversation comes out byte for byte, except those that a list names: it may only
 * become shorter.
 */
class TranscriptsTest {
  private static final Path TRANSCRIPTS = Path.of("../../testdata/transcripts");
  private static final Path NEWER = Path.of("../../testdata/transcripts-newer");
  private static final Path UNMATCHED = NEWER.resolve("unmatched.txt");

  @TempDir(cleanup = CleanupMode.ALWAYS)
  Path scratch;

  private static Program start(List<String> arguments, Path directory, Optional<String> host)
      throws IOException {
    return Emulator.start(arguments, host, Duration.ofMillis(20));
  }

  private static List<Transcript> all() {
    List<Transcript> all = new ArrayList<>(Transcript.readAll(QemuVersion.V7_2, TRANSCRIPTS));
    for (QemuVersion version : List.of(QemuVersion.V10_0, QemuVersion.V11_1)) {
      all.addAll(Transcript.readAll(version, NEWER.resolve("qemu-" + version)));
    }
    return all;
  }

  private static Set<String> unmatched() throws IOException {
    return Set.copyOf(Files.readAllLines(UNMATCHED));
  }

  static List<Transcript> matching() throws IOException {
    Set<String> unmatched = unmatched();
    return all().stream().filter(each -> !unmatched.contains(each.toString())).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("matching")
  void answersAsRecorded(Transcript transcript) throws Exception {
    play(transcript);
  }

  @Test
  void whatIsListedAsUnmatchedDoesNotMatch() throws Exception {
    Set<String> unmatched = unmatched();
    List<String> matched = new ArrayList<>();
    for (Transcript each : all()) {
      if (unmatched.contains(each.toString()) && matches(each)) {
        matched.add(each.toString());
      }
    }
    assertThat(matched).as("remove these from %s", UNMATCHED).isEmpty();
  }

  private boolean matches(Transcript transcript) throws Exception {
    try {
      play(transcript);
      return true;
    } catch (AssertionError | RuntimeException | IOException different) {
      return false;
    }
  }

  private void play(Transcript transcript) throws Exception {
    transcript.version().enter();
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "t");
    try (TranscriptPlayer player =
        new TranscriptPlayer(
            transcript, directory, transcript.directory(), TranscriptsTest::start)) {
      for (JsonObject step : transcript.steps()) {
        player.play(step);
      }
    } finally {
      Files.move(directory, Files.createTempDirectory(scratch, "played").resolve("t"));
    }
  }

  @AfterEach
  void leaveTheVersion() {
    QemuVersion.DEFAULT.enter();
  }
}
