package org.vfioap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of who owns each APQN. */
class MatrixCommandTest {
  @TempDir private Path directory;

  @Test
  void drawsTheThreeGuestsOfTheDocument() {
    CommandRun run = CommandRun.of("matrix");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith(
            """
                       0004 0047 00ab 00ff
            05 CEX5C      A    B    A    B
            06 CEX5A      A    C    A    C
            """)
        .contains("A 62177883-f1bb-47f0-914d-32a22e3a8804  guest guest1");
  }

  @Test
  void drawsAPresetThatNobodyUses() {
    assertThat(CommandRun.of("matrix", "document").out()).contains("05 CEX5C      #    #    #");
  }

  @Test
  void saysThatAnEmptyMachineHasNoQueues() {
    assertThat(CommandRun.of("matrix", "empty").out()).startsWith("No AP queues");
  }

  @Test
  void writesSvgWithATooltipPerQueue() throws IOException {
    Path svg = directory.resolve("matrix.svg");

    assertThat(CommandRun.of("matrix", "--svg", svg.toString()).status()).isZero();

    assertThat(Files.readString(svg))
        .startsWith("<svg ")
        .contains(
            "<title>05.0004: in use by a guest, mdev 62177883-f1bb-47f0-914d-32a22e3a8804,"
                + " guest guest1</title>");
  }

  @Test
  void saysWhyTheSvgCannotBeWritten() {
    CommandRun run = CommandRun.of("matrix", "--svg", directory.resolve("no/such").toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("vfioap: cannot write ").contains("no such file or directory");
  }
}
