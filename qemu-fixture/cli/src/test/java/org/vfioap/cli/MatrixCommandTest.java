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
    assertThat(CommandRun.of("matrix", "empty").out()).contains("\nNo AP queues");
  }

  @Test
  void writesSvgWithATooltipPerQueue() throws IOException {
    Path svg = directory.resolve("matrix.svg");

    assertThat(CommandRun.of("matrix", "--svg", svg.toString()).status()).isZero();

    assertThat(Files.readString(svg))
        .startsWith("<svg ")
        .contains(
            "<title>05.0004, 05.00ab: in use by a guest, mdev"
                + " 62177883-f1bb-47f0-914d-32a22e3a8804, guest guest1</title>",
            "Who owns each AP queue of the document's example",
            ">ABAB</text>");
  }

  private static String largest() {
    return "adapters: {0-255: {type: CEX8}}\ndomains: [0-255]\n";
  }

  @Test
  void mergesNeighboursOfOneOwner() throws IOException {
    Path machine = Files.writeString(directory.resolve("largest.yaml"), largest());
    Path svg = directory.resolve("matrix.svg");

    assertThat(CommandRun.of("matrix", machine.toString(), "--svg", svg.toString()).status())
        .isZero();

    assertThat(Files.size(svg)).isLessThan(1 << 20);
    assertThat(Files.readString(svg)).contains("<title>ff.0000 to ff.00ff: host</title>");
  }

  @Test
  void fitsEightyColumns() throws IOException {
    Path machine = Files.writeString(directory.resolve("largest.yaml"), largest());

    assertThat(CommandRun.of("matrix", machine.toString()).out().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80))
        .filteredOn(line -> line.startsWith("ff "))
        .hasSize(4);
    assertThat(CommandRun.of("matrix", "z17").out().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80))
        .first()
        .isEqualTo("machine z17");
  }

  @Test
  void onlyARunningMachineIsFollowed() {
    assertThat(CommandRun.of("matrix", "z16", "-f").err())
        .startsWith("vfioap: no machine called 'z16' is running: only such a one changes");
  }

  @Test
  void saysWhyTheSvgCannotBeWritten() {
    CommandRun run = CommandRun.of("matrix", "--svg", directory.resolve("no/such").toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("vfioap: cannot write ").contains("no such file or directory");
  }
}
