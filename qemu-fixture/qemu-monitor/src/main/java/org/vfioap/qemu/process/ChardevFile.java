package org.vfioap.qemu.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/**
 * The files that character devices write to. Source: chardev/char-file.c and chardev/char.c
 * (qemu_char_open) of QEMU 7.2.
 */
final class ChardevFile {
  private ChardevFile() {}

  /**
   * Creates the file, or empties it.
   *
   * @param append whether what is in it stays
   * @throws QemuError if it cannot be written to
   */
  static void create(String path, boolean append) throws QemuError {
    try {
      open(path, append).close();
    } catch (IOException refused) {
      throw Refusals.unopened(path, Errno.of(refused));
    }
  }

  /**
   * Creates the file that holds what passes, or empties it.
   *
   * @param append whether what is in it stays
   * @throws QemuError if it cannot be written to
   */
  static void log(String path, boolean append) throws QemuError {
    try {
      open(path, append).close();
    } catch (IOException refused) {
      throw QemuError.generic("Could not create '" + path + "': " + Errno.of(refused).text());
    }
  }

  private static FileChannel open(String path, boolean append) throws IOException {
    return append
        ? HostFiles.append(path, HostFiles.EVERYBODY)
        : HostFiles.create(path, HostFiles.EVERYBODY);
  }
}
