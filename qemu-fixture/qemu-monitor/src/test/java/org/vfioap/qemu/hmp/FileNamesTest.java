package org.vfioap.qemu.hmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder with the file core1 and the folder cores. */
class FileNamesTest {
  @TempDir private Path folder;

  @Test
  void foldersEndWithASlash() throws Exception {
    Files.createFile(folder.resolve("core1"));
    Files.createDirectory(folder.resolve("cores"));
    assertThat(FileNames.startingWith(folder + "/cor"))
        .containsExactlyInAnyOrder(folder + "/core1", folder + "/cores/");
  }

  @Test
  void folderThatDoesNotExistHoldsNothing() {
    assertThat(FileNames.startingWith(folder + "/none/x")).isEmpty();
  }
}
