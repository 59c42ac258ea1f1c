package org.vfioap.qemu.block;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.vfioap.qemu.descriptor.NativeLibraries;

/**
 * How much room a file takes on the host, which Java does not tell: {@code statx} of the C library,
 * whose structure is the same on all Linux systems.
 */
final class DiskSpace {
  private static final int HERE = -100;
  private static final int BLOCKS_WANTED = 0x400;
  private static final int STRUCTURE = 256;
  private static final int BLOCKS = 48;
  private static final long UNIT = 512;
  private static final long PAGE = 4096;

  private DiskSpace() {}

  /** Returns the bytes; where the C library cannot be asked, as many as the file has. */
  static long of(Path path, FileChannel channel) {
    try {
      return blocks(path.toString()) * UNIT;
    } catch (UnsatisfiedLinkError | NoClassDefFoundError unknown) {
      return size(channel);
    }
  }

  private static long blocks(String path) {
    NativeLibraries.prepare();
    try (Memory found = new Memory(STRUCTURE)) {
      found.clear();
      Object[] arguments = {HERE, path, 0, BLOCKS_WANTED, found};
      NativeLibrary.getInstance("c").getFunction("statx").invokeInt(arguments);
      return found.getLong(BLOCKS);
    }
  }

  private static long size(FileChannel channel) {
    try {
      return (channel.size() + PAGE - 1) / PAGE * PAGE;
    } catch (IOException unreadable) {
      return 0;
    }
  }
}
