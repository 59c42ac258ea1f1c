package org.vfioap.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot be read as text, and how presets and files are found. */
final class MachineFileReadingTest {
  private static final String PRESETS =
      "; allowed: a readable file, or a preset: z14, z16, z17, empty, document";

  @TempDir Path directory;

  private Path file(byte... bytes) throws IOException {
    return Files.write(directory.resolve("host.yaml"), bytes);
  }

  private static void assertWrong(Path file, String problem) {
    assertThatExceptionOfType(MachineFileException.class)
        .isThrownBy(() -> Machine.load(file))
        .withMessage(file + problem);
  }

  @Test
  void findsPresetBeforeFile() {
    assertThat(Machine.find("z16")).isEqualTo(Machine.preset("z16"));
  }

  @Test
  void findsFile() throws IOException {
    Path file = file(Machine.preset("z14").toYaml().getBytes(StandardCharsets.UTF_8));

    assertThat(Machine.find(file.toString())).isEqualTo(Machine.preset("z14"));
  }

  @Test
  void namesPresetsWhenThereIsNoSuchFile() {
    assertThatExceptionOfType(MachineFileException.class)
        .isThrownBy(() -> Machine.find("z99"))
        .withMessage("z99: there is no such file" + PRESETS);
  }

  @Test
  void namesPresetsWhenFileCannotBeRead() {
    assertWrong(directory, ": the file cannot be read: Is a directory" + PRESETS);
  }

  @Test
  void refusesNameThatNoFileCanHave() {
    assertThatExceptionOfType(MachineFileException.class)
        .isThrownBy(() -> Machine.find("a\0b"))
        .withMessage("'a\\u0000b': this cannot be the name of a file" + PRESETS);
  }

  @Test
  void refusesUnknownPreset() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Machine.preset("z99"))
        .withMessage("unknown preset 'z99'; known are z14, z16, z17, empty, document");
  }

  @Test
  void refusesEmptyFile() throws IOException {
    assertWrong(
        file(),
        ": the file describes nothing; allowed: {} for a machine without adapters, or any key");
  }

  @Test
  void saysWhichByteIsNotUtf8() throws IOException {
    assertWrong(
        file("# ä\nscan: \377".getBytes(StandardCharsets.ISO_8859_1)),
        ":1:3: byte 0xe4 is not UTF-8; allowed: UTF-8 text");
  }

  @Test
  void refusesUtf16() throws IOException {
    assertWrong(
        file("scan: stepped".getBytes(StandardCharsets.UTF_16)),
        ":1:1: byte 0xfe is not UTF-8; allowed: UTF-8 text");
  }

  @Test
  void refusesHalfOfCharacterAtEnd() throws IOException {
    assertWrong(
        file((byte) '#', (byte) '\n', (byte) ' ', (byte) 0xc3),
        ":2:2: byte 0xc3 is not UTF-8; allowed: UTF-8 text");
  }

  @Test
  void takesByteOrderMark() throws IOException {
    Path file = file("\uFEFFscan: stepped".getBytes(StandardCharsets.UTF_8));

    assertThat(Machine.load(file)).isEqualTo(Machine.parse("scan: stepped", "host.yaml"));
  }

  @Test
  void takesFileOfOneMebibyte() throws IOException {
    byte[] comment = "#".repeat(MachineFile.MAX_BYTES - 3).getBytes(StandardCharsets.UTF_8);
    byte[] machine = "{}\n".getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(file(machine), comment, StandardOpenOption.APPEND);

    assertThat(Machine.load(file)).isEqualTo(Machine.preset("empty"));
  }

  @Test
  void refusesLargerFile() throws IOException {
    assertWrong(
        file(new byte[MachineFile.MAX_BYTES + 1]),
        ": the file is over 1 MiB; allowed: files up to 1 MiB");
  }

  @Test
  void refusesLongerText() {
    assertThatExceptionOfType(MachineFileException.class)
        .isThrownBy(() -> Machine.parse("#".repeat(MachineFile.MAX_BYTES + 1), "text"))
        .withMessage("text: the file is over 1 MiB; allowed: files up to 1 MiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "##"})
  void findsUnprintableCharacterFarBehind(String prefix) {
    String comments = (prefix + "ä😀".repeat(50) + "\n").repeat(200);

    assertThatExceptionOfType(MachineFileException.class)
        .isThrownBy(() -> Machine.parse(comments + "#😀\u0007", "text"))
        .withMessage("text:201:3: character U+0007; allowed: printable characters");
  }

  @Test
  void refusesHalfOfCharacterInText() {
    assertThatExceptionOfType(MachineFileException.class)
        .isThrownBy(() -> Machine.parse("# 😀\ud83d", "text"))
        .withMessageStartingWith("text:1:4: character U+D83D");
  }

  @Test
  void tellsPartsOfError() {
    assertThatExceptionOfType(MachineFileException.class)
        .isThrownBy(() -> Machine.parse("\nscan: later", "host.yaml"))
        .satisfies(
            error -> {
              assertThat(error.file()).isEqualTo("host.yaml");
              assertThat(error.line()).isEqualTo(2);
              assertThat(error.column()).isEqualTo(7);
              assertThat(error.problem()).isEqualTo("unknown scan 'later'");
              assertThat(error.allowed()).isEqualTo("immediate, stepped, timed");
            });
  }
}
