package org.vfioap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenario files on the command line. */
class ReplayCommandTest {
  private static final String VECTOR =
      "../../testdata/vectors/named/boot-parameters-set-masks.json";

  @TempDir private Path directory;

  @Test
  void printsOneLineOfActualResultsPerScenario() {
    CommandRun run = CommandRun.of("replay", VECTOR);

    assertThat(run.status()).isZero();
    assertThat(run.out().lines())
        .singleElement()
        .asString()
        .startsWith("{\"name\":\"boot-parameters-set-masks\",\"initial\":{\"apmask\":")
        .contains(
            "\"ops\":[{\"op\":\"read\",\"path\":\"/sys/bus/ap/apmask\",\"ret\":67,\"out\":\"0x");
  }

  @Test
  void countsWhatMatches() {
    CommandRun run = CommandRun.of("replay", "--check", VECTOR, VECTOR);

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo("2 of 2 scenarios match linux-6.1\n");
  }

  @Test
  void showsTheFirstDifferenceAndEndsWithOne() throws IOException {
    Path wrong = directory.resolve("wrong.json");
    Files.writeString(wrong, Files.readString(Path.of(VECTOR)).replace("\"ret\":67", "\"ret\":66"));
    Files.writeString(wrong, Files.readString(wrong).replace("\"ret\": 67", "\"ret\": 66"));

    CommandRun run = CommandRun.of("replay", "--check", wrong.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("operation 1: read", "  ret\n    expected 66\n    but was  67")
        .endsWith("0 of 1 scenarios match linux-6.1\n");
  }

  @Test
  void showsWhereTheDocumentDiffersFromTheKernel() {
    CommandRun run =
        CommandRun.of(
            "replay",
            "--profile",
            "documented",
            "--check",
            "../../testdata/vectors/named/remove-in-use-blocks.json");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("in=\"1\\n\"", "expected true");
  }

  @Test
  void refusesUnknownProfile() {
    CommandRun run = CommandRun.of("replay", "--profile", "linux-1.0", VECTOR);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("linux-1.0", "known are documented, linux-6.1, ")
        .doesNotContain("java.lang");
  }

  @Test
  void refusesWhatIsNoScenario() throws IOException {
    Path list = directory.resolve("list.json");
    Files.writeString(list, "[1, 2]");

    CommandRun run = CommandRun.of("replay", list.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("vfioap: " + list + " is no scenario");
  }

  @Test
  void refusesMissingFile() {
    CommandRun run = CommandRun.of("replay", "nowhere.json");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("vfioap: nowhere.json does not exist");
  }
}
