package org.vfioap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.kernel.Errno;

/** The command as a whole. */
class MainTest {
  @Test
  void helpTeachesWhereToStart() {
    assertThat(CommandRun.of("--help").out())
        .contains("vfioap demo", "vfioap matrix", "vfioap machine show z16", "replay");
  }

  @Test
  void needsASubcommand() {
    CommandRun run = CommandRun.of();

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("vfioap: missing command; a first one is: vfioap demo\nSee 'vfioap --help'.\n");
  }

  @Test
  void suggestsForAMistypedSubcommand() {
    assertThat(CommandRun.of("demp").err()).contains("demo");
  }

  @Test
  void wrongOptionIsToldInTwoLines() {
    CommandRun run = CommandRun.of("list", "--nosuch");

    assertThat(run)
        .isEqualTo(
            new CommandRun(
                2, "", "vfioap: Unknown option: '--nosuch'\nSee 'vfioap list --help'.\n"));
  }

  @Test
  void versionNamesWhatIsEmulated() {
    assertThat(CommandRun.of("--version").out())
        .startsWith("vfioap ")
        .contains("\ncommit   ", "\nkernels  documented, linux-6.1, ", "\nQEMU     7.2");
  }

  @Test
  void machineIsShownAsJson() {
    assertThat(CommandRun.of("machine", "show", "document", "--json").out())
        .startsWith("{\"profile\":\"documented\",\"scan\":\"immediate\",")
        .contains(
            "\"adapters\":{\"5\":{\"type\":\"CEX5\",\"mode\":\"cca\",\"functions\":2457862144,");
    assertThat(CommandRun.of("machine", "list", "--json").out())
        .contains(
            "{\"name\":\"document\",\"profile\":\"documented\",\"adapters\":2,\"domains\":4}");
  }

  @Test
  void showsEveryPresetComplete() {
    for (String preset : CommandRun.of("machine", "list").out().lines().toList()) {
      CommandRun run = CommandRun.of("machine", "show", preset);
      assertThat(run.status()).as(preset).isZero();
      assertThat(run.out()).as(preset).contains("profile:", "adapters:", "facilities:");
    }
  }

  @Test
  void saysWhichMachinesThereAre() {
    CommandRun run = CommandRun.of("machine", "show", "z99");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("vfioap: ").contains("z99", "z16", "document");
  }

  @ParameterizedTest
  @EnumSource(Errno.class)
  void everyErrorNumberHasAPage(Errno errno) {
    assertThat(Files.exists(Path.of("../../docs/errno/" + errno + ".md"))).isTrue();
  }
}
