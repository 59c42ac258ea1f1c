package org.vfioap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** The session of the document's example, as it is printed. */
class DemoCommandTest {
  private final CommandRun demo = CommandRun.of("demo");

  @Test
  void endsWell() {
    assertThat(demo.status()).isZero();
    assertThat(demo.err()).isEmpty();
  }

  /** The document, "Example": what lszcrypt shows on each guest. */
  @Test
  void showsTheTablesOfTheThreeGuests() {
    assertThat(demo.out())
        .contains(
            """
            guest1# lszcrypt
            =========== ===== ============
            CARD.DOMAIN TYPE  MODE
            =========== ===== ============
            05          CEX5C CCA-Coproc
            05.0004     CEX5C CCA-Coproc
            05.00ab     CEX5C CCA-Coproc
            06          CEX5A Accelerator
            06.0004     CEX5A Accelerator
            06.00ab     CEX5A Accelerator
            =========== ===== ============
            guest2# lszcrypt
            =========== ===== ============
            CARD.DOMAIN TYPE  MODE
            =========== ===== ============
            05          CEX5C CCA-Coproc
            05.0047     CEX5C CCA-Coproc
            05.00ff     CEX5C CCA-Coproc
            =========== ===== ============
            guest3# lszcrypt
            =========== ===== ============
            CARD.DOMAIN TYPE  MODE
            =========== ===== ============
            06          CEX5A Accelerator
            06.0047     CEX5A Accelerator
            06.00ff     CEX5A Accelerator
            =========== ===== ============
            """);
  }

  @Test
  void showsTheAdapterThatArrivesInTheRunningGuest() {
    assertThat(demo.out())
        .contains(
            """
            07          CEX6C CCA-Coproc
            07.0004     CEX6C CCA-Coproc
            07.00ab     CEX6C CCA-Coproc
            """);
  }

  @Test
  void showsRefusalsWithTheirTextsAndLogLines() {
    assertThat(demo.out())
        .contains(
            """
            host# echo 6 > assign_domain
            bash: echo: write error: Cannot assign requested address
            """,
            """
            host# echo 0x47 > assign_domain
            bash: echo: write error: Device or resource busy
            """,
            "re-assign queue 05.0047 already assigned to cef03c3c-903d-4ecc-9a83-40694cb8aee4\n",
            """
            host# echo +4,+0xab > /sys/bus/ap/aqmask
            bash: echo: write error: Device or resource busy
            """,
            "re-assign queue 07.0004 already assigned to 62177883-f1bb-47f0-914d-32a22e3a8804\n",
            """
            host# echo 1 > remove
            bash: echo: write error: Device or resource busy
            """);
  }

  @Test
  void leavesTheHostAsItWas() {
    assertThat(demo.out()).endsWith("host# cat /sys/bus/ap/bindings\n12/12 (complete)\n");
  }

  @Test
  void isPlainInAPipe() {
    assertThat(demo.out()).doesNotContain("\u001b");
  }

  @Test
  void isColouredOnATerminal() {
    assertThat(CommandRun.of(Ansi.ON, "demo").out()).contains("\u001b[");
  }
}
