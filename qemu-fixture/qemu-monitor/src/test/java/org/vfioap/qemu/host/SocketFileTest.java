package org.vfioap.qemu.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
  @TempDir private Path directory;

  @Test
  void takesThePlaceOfAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("socket"), "left over");

    SocketFile.listen(file.toString(), 1).close();

    assertThat(HostFiles.isSocket(file)).isTrue();
  }

  @Test
  void neverTakesThePlaceOfADevice() throws IOException {
    assertThatIOException()
        .isThrownBy(() -> SocketFile.listen("/dev/null", 1))
        .withMessage("Failed to unlink socket /dev/null: Operation not permitted");

    assertThat(HostFiles.isDevice(Path.of("/dev/null"))).isTrue();
  }

  @Test
  void saysWhyNothingCanBeThere() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatIOException()
        .isThrownBy(() -> SocketFile.listen(directory.toString(), 1))
        .withMessage("Failed to unlink socket " + directory + ": Is a directory");
    assertThatIOException()
        .isThrownBy(() -> SocketFile.listen(file + "/x", 1))
        .withMessage("Failed to unlink socket " + file + "/x: Not a directory");
    assertThatIOException()
        .isThrownBy(() -> SocketFile.listen(directory + "/no/x", 1))
        .withMessage("Failed to bind socket to " + directory + "/no/x: No such file or directory");
  }

  @Test
  void removesNothingElseAtTheEnd() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    SocketFile.remove(file.toString());

    assertThat(file).exists();
  }
}
