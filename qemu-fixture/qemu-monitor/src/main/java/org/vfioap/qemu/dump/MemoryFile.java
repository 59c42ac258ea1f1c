package org.vfioap.qemu.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.vfioap.qemu.options.HostPath;
import org.vfioap.qemu.qapi.QemuError;

/**
 * A part of the guest's memory in a file of its owner's, as {@code memsave} and {@code pmemsave}
 * write it; all of it is zero. Source: softmmu/cpus.c of QEMU 7.2.
 */
public final class MemoryFile {
  /** All addresses can be read. */
  public static final long EVERYTHING = Long.MAX_VALUE;

  private static final int PIECE = 1024;

  private MemoryFile() {}

  /**
   * Saves {@code size} bytes from {@code address} on.
   *
   * @param end where addresses cannot be read any more
   * @throws QemuError if the file cannot be written or the memory not read
   */
  public static void save(String filename, long address, long size, long end) throws QemuError {
    Path file = HostPath.of(filename);
    if (Files.isDirectory(file)) {
      throw GuestDump.cannotOpen(filename);
    }
    try {
      Files.deleteIfExists(file);
      Files.createFile(file, PosixFilePermissions.asFileAttribute(GuestDump.OWNER));
    } catch (IOException refused) {
      throw GuestDump.cannotOpen(filename);
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long at = address; at - address < size; at += PIECE) {
        int piece = (int) Math.min(PIECE, size - (at - address));
        if (end != EVERYTHING && (at < 0 || at > end - piece)) {
          throw QemuError.generic(
              String.format(
                  java.util.Locale.ROOT, "Invalid addr 0x%016x/size %d specified", address, size));
        }
        out.write(new byte[piece]);
      }
    } catch (IOException full) {
      throw QemuError.generic("An IO error has occurred");
    }
  }
}
