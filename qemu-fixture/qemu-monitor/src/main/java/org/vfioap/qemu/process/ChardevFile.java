package org.vfioap.qemu.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import org.vfioap.qemu.options.HostPath;
import org.vfioap.qemu.qapi.QemuError;

/** The file that a guest's console writes to. Source: chardev/char-file.c of QEMU 7.2. */
final class ChardevFile {
  private ChardevFile() {}

  /**
   * Creates the file, or empties it.
   *
   * @param append whether what is in it stays
   * @throws QemuError if it cannot be written to
   */
  static void create(String path, boolean append) throws QemuError {
    OpenOption mode = append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    OpenOption[] options = {StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode};
    try {
      Files.newOutputStream(HostPath.of(path), options).close();
    } catch (NoSuchFileException absent) {
      throw unopened(path, "No such file or directory");
    } catch (IOException refused) {
      boolean directory = Files.isDirectory(HostPath.of(path));
      throw unopened(path, directory ? "Is a directory" : "Permission denied");
    }
  }

  private static QemuError unopened(String path, String reason) {
    return QemuError.generic("Could not open '" + path + "': " + reason);
  }
}
