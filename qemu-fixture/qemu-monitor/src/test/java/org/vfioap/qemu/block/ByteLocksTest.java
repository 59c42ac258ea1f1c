package org.vfioap.qemu.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteLocksTest {
  private static final int BYTE = 101;

  @TempDir private Path directory;

  @Test
  void staysWhenAnotherHandleOfTheFileIsClosed() throws Exception {
    Path image = Files.createFile(directory.resolve("image"));
    try (ByteLocks locks = ByteLocks.of(image).orElseThrow();
        ByteLocks other = ByteLocks.of(image).orElseThrow()) {
      assertThat(locks.lock(BYTE)).isTrue();

      FileChannel.open(image, StandardOpenOption.WRITE).close();

      assertThat(other.isLockedElsewhere(BYTE)).isTrue();
      assertThat(other.isLockedElsewhere(BYTE + 1)).isFalse();
      assertThat(locks.isLockedElsewhere(BYTE)).isFalse();
    }
  }

  @Test
  void endsWithItsOpening() throws Exception {
    Path image = Files.createFile(directory.resolve("image"));
    try (ByteLocks other = ByteLocks.of(image).orElseThrow()) {
      try (ByteLocks locks = ByteLocks.of(image).orElseThrow()) {
        assertThat(locks.lock(BYTE)).isTrue();
      }
      assertThat(other.isLockedElsewhere(BYTE)).isFalse();
    }
  }
}
