package org.vfioap.qemu.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PidFileTest {
  private static final String NUMBER = ProcessHandle.current().pid() + "\n";

  @TempDir private Path directory;

  private static PidFile write(String name) throws Exception {
    return PidFile.write(CommandLine.parse("qemu", List.of("-pidfile", name)));
  }

  @Test
  void writesWhereALinkLeadsAndLeavesTheLink() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("pid"));

    try (PidFile file = write(link.toString())) {
      assertThat(file).isNotNull();
      assertThat(directory.resolve("pid")).content().isEqualTo(NUMBER);
    }

    assertThat(directory.resolve("pid")).doesNotExist();
    assertThat(link).isSymbolicLink();
  }

  @Test
  void replacesWhatIsThereWithoutChangingItsMode() throws Exception {
    Path pid = Files.writeString(directory.resolve("pid"), "a longer text than a number\n");
    Path other = Files.createLink(directory.resolve("other"), pid);
    Object mode = Files.getAttribute(pid, "unix:mode");

    try (PidFile file = write(pid.toString())) {
      assertThat(file).isNotNull();
      assertThat(other).content().isEqualTo(NUMBER);
      assertThat(Files.getAttribute(other, "unix:mode")).isEqualTo(mode);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/null, Failed to truncate pid file: Invalid argument",
    "/dev/null/x, Could not create '/dev/null/x': Not a directory",
    "'', Could not create '': No such file or directory",
    "/, Could not create '/': Is a directory"
  })
  void refusesAsQemuDoes(String name, String text) {
    assertThatExceptionOfType(Exit.class)
        .isThrownBy(() -> write(name))
        .satisfies(
            exit ->
                assertThat(exit.err()).isEqualTo("qemu: cannot create PID file: " + text + "\n"));
    assertThat(Path.of("/dev/null")).exists();
  }
}
