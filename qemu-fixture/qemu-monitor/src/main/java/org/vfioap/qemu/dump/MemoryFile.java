package org.vfioap.qemu.dump;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/**
 * A part of the guest's memory in a file, as {@code memsave} and {@code pmemsave} write it; all of
 * it is zero. Source: softmmu/cpus.c of QEMU 7.2.
 */
public final class MemoryFile {
  /** All addresses can be read. */
  public static final long EVERYTHING = Long.MAX_VALUE;

  private static final int PIECE = 1024;
  private static final int BUFFER = 4096;

  private MemoryFile() {}

  /**
   * Saves {@code size} bytes from {@code address} on.
   *
   * @param end where addresses cannot be read any more
   * @throws QemuError if the file cannot be written or the memory not read
   */
  public static void save(String filename, long address, long size, long end) throws QemuError {
    try (FileChannel file = open(filename)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER);
      for (long at = address; at - address < size; at += PIECE) {
        int piece = (int) Math.min(PIECE, size - (at - address));
        if (end != EVERYTHING && (at < 0 || at > end - piece)) {
          throw QemuError.generic(
              String.format(
                  java.util.Locale.ROOT, "Invalid addr 0x%016x/size %d specified", address, size));
        }
        out.write(new byte[piece]);
      }
      flush(out);
    } catch (IOException full) {
      throw QemuError.generic("An IO error has occurred");
    }
  }

  private static FileChannel open(String filename) throws QemuError {
    try {
      return HostFiles.create(filename, HostFiles.EVERYBODY);
    } catch (IOException refused) {
      throw Refusals.unopened(filename, Errno.of(refused));
    }
  }

  /** QEMU does not look whether what its C library still holds can be written. */
  private static void flush(OutputStream out) {
    try {
      out.flush();
    } catch (IOException lost) {
      return;
    }
  }
}
