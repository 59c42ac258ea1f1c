package org.vfioap.qemu.block;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;
import org.vfioap.qemu.host.HostPath;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/** A file of the host that a node has opened. Source: block/file-posix.c of QEMU 7.2. */
final class HostFile implements AutoCloseable {
  private static final Set<StandardOpenOption> READ = Set.of(StandardOpenOption.READ);
  private static final Set<StandardOpenOption> WRITE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final String name;
  private final Path path;
  private final FileChannel channel;
  private final boolean readOnly;

  private HostFile(String name, Path path, FileChannel channel, boolean readOnly) {
    this.name = name;
    this.path = path;
    this.channel = channel;
    this.readOnly = readOnly;
  }

  /**
   * Opens a file.
   *
   * @param writes whether the node may be written to
   * @param yields whether it becomes read-only where it cannot be written to
   * @throws QemuError if the host refuses, or it is no file of that kind
   */
  static HostFile open(String driver, String name, boolean writes, boolean yields)
      throws QemuError {
    QemuError.require(!name.isEmpty(), "The '" + driver + "' block driver requires a file name");
    Path path = HostPath.of(name);
    if (!writes || !Files.isDirectory(path)) {
      Refusals.checkReadable(name);
      checkKind(driver, name, path);
    }
    return open(name, path, writes, yields);
  }

  private static HostFile open(String name, Path path, boolean writes, boolean yields)
      throws QemuError {
    try {
      return writes
          ? new HostFile(name, path, FileChannel.open(path, WRITE), false)
          : readOnly(name, path);
    } catch (IOException refused) {
      if (yields) {
        return readOnly(name, path);
      }
      throw Refusals.unopened(name, Errno.of(refused));
    }
  }

  private static HostFile readOnly(String name, Path path) throws QemuError {
    try {
      return new HostFile(name, path, FileChannel.open(path, READ), true);
    } catch (IOException refused) {
      throw Refusals.unopened(name, Errno.of(refused));
    }
  }

  private static void checkKind(String driver, String name, Path path) throws QemuError {
    boolean file = driver.equals("file");
    QemuError.require(
        file ? Files.isRegularFile(path) : isDevice(path),
        "'"
            + driver
            + "' driver requires '"
            + name
            + "' to be "
            + (file ? "a regular file" : "either a character or block device"));
  }

  private static boolean isDevice(Path path) {
    try {
      return HostFiles.isDevice(path);
    } catch (IOException gone) {
      return false;
    }
  }

  String name() {
    return name;
  }

  FileChannel channel() {
    return channel;
  }

  boolean isReadOnly() {
    return readOnly;
  }

  Path path() {
    return path;
  }

  long allocated() {
    return DiskSpace.of(path, channel);
  }

  void resize(long size) throws QemuError {
    try {
      if (size < channel.size()) {
        channel.truncate(size);
      } else if (size > channel.size()) {
        grow(size);
      }
    } catch (IOException refused) {
      throw QemuError.generic("Failed to resize the file: " + Errno.of(refused).text());
    }
  }

  /** To map bytes behind the end makes the file longer without writing to it. */
  private void grow(long size) throws IOException {
    channel.map(FileChannel.MapMode.READ_WRITE, size - 1, 1);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException lost) {
      // Nothing was written that could be lost.
    }
  }
}
