package org.vfioap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands around the program that poses as QEMU. */
class EmulatorCommandsTest {
  @TempDir private Path directory;

  @Test
  void saysWhyTheEmulatorCannotBeInstalled() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    CommandRun run = CommandRun.of("install-emulator", file.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("vfioap: cannot install into " + file);
  }

  @Test
  void saysWhichProgramCannotBeRecorded() {
    CommandRun run =
        CommandRun.of("record-qemu", "/nowhere/qemu-system-s390x", directory.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("vfioap: cannot record /nowhere/qemu-system-s390x: ");
  }
}
