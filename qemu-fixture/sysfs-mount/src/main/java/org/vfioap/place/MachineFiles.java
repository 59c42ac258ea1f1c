package org.vfioap.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.vfioap.machine.Machine;

/** The files of a machine that are not its kernel's. */
final class MachineFiles {
  private MachineFiles() {}

  /**
   * Writes them where {@code furnish_etc} of furnish.sh makes folders for the machine's own /etc.
   *
   * @param folder where the machine's own things are
   * @throws IOException if one cannot be written
   */
  static void write(Machine machine, Path folder) throws IOException {
    for (Map.Entry<String, String> file : machine.files().entrySet()) {
      Path path = folder.resolve("host" + file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }
}
