package org.vfioap.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/machine-files.md says what is so: its examples boot, its errors are the errors. */
final class MachineFilesPageTest {
  private static final Path PAGE = Path.of("../../docs/machine-files.md");

  private static List<MatchResult> blocks(String language) throws IOException {
    Pattern fence = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$");
    return fence.matcher(Files.readString(PAGE)).results().toList();
  }

  static List<String> machines() throws IOException {
    return blocks("yaml").stream().map(block -> block.group(1)).toList();
  }

  @ParameterizedTest
  @MethodSource("machines")
  void exampleBoots(String yaml) {
    Machine machine = Machine.parse(yaml, PAGE.toString());

    assertThat(machine.boot().mdevs()).hasSize(yaml.split("uuid:", -1).length - 1);
  }

  @Test
  void firstExampleIsTheWholeSecondOne() throws IOException {
    List<String> machines = machines();

    assertThat(Machine.parse(machines.get(0), "short").toYaml()).isEqualTo(machines.get(1));
  }

  @Test
  void wrongExampleIsRefusedWithThatError() throws IOException {
    String wrong = blocks("yml").get(0).group(1);
    String name = "docs/examples/wrong.yaml";

    assertThat(Files.readString(PAGE.resolveSibling("examples/wrong.yaml"))).isEqualTo(wrong);
    assertThatExceptionOfType(MachineFileException.class)
        .isThrownBy(() -> Machine.parse(wrong, name))
        .satisfies(refused -> assertThat(Files.readString(PAGE)).contains(refused.getMessage()));
  }

  @Test
  void namesEveryPreset() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(Machine.presets())
        .allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
  }
}
