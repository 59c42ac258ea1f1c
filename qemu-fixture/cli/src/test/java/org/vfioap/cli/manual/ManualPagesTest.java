package org.vfioap.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.cli.CommandRun;

/** The pages of all commands. */
class ManualPagesTest {
  @TempDir Path folder;

  @BeforeEach
  void write() {
    assertThat(CommandRun.of("generate-manual", folder.toString()).status()).isZero();
  }

  private String page(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".1"));
  }

  @Test
  void eachCommandHasAPage() {
    assertThat(folder)
        .isDirectoryContaining("glob:**/vfioap.1")
        .isDirectoryContaining("glob:**/vfioap-run.1")
        .isDirectoryContaining("glob:**/vfioap-machine-record.1");
  }

  @Test
  void hasTheSectionsOfAManualPage() throws IOException {
    assertThat(page("vfioap-run").lines())
        .startsWith(".TH VFIOAP-RUN 1 \"\" vfioap vfioap", ".SH NAME")
        .contains(
            "vfioap\\-run \\- Starts a machine whose /sys real programs see",
            "\\fB\\-\\-name NAME\\fR",
            "  vfioap shell z16                              a shell in it");
  }

  @Test
  void linesLaidOutByHandKeepTheirForm() throws IOException {
    List<String> lines = page("vfioap-hw").lines().toList();
    int change = lines.indexOf("  adapter NUMBERS remove                   takes them away");

    assertThat(change).isPositive();
    assertThat(lines.lastIndexOf(".nf")).isPositive();
    assertThat(lines.subList(0, change).lastIndexOf(".nf"))
        .isGreaterThan(lines.subList(0, change).lastIndexOf(".fi"));
  }

  @Test
  void namesItsCommands() throws IOException {
    assertThat(page("vfioap")).contains("\\fBvfioap\\-doctor\\fR(1)");
  }
}
