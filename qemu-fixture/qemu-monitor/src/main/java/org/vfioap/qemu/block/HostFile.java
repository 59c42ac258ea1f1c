package org.vfioap.qemu.block;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.options.HostPath;
import org.vfioap.qemu.qapi.QemuError;

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
    HostFile file = open(name, HostPath.of(name), writes, yields);
    file.checkKind(driver);
    return file;
  }

  private static HostFile open(String name, Path path, boolean writes, boolean yields)
      throws QemuError {
    try {
      if (Files.isDirectory(path)) {
        QemuError.require(!writes, "Could not open '" + name + "': Is a directory");
        throw QemuError.generic("'file' driver requires '" + name + "' to be a regular file");
      }
      return new HostFile(name, path, FileChannel.open(path, WRITE), !writes);
    } catch (AccessDeniedException denied) {
      if (writes && !yields) {
        throw unopened(name, "Permission denied");
      }
      return readOnly(name, path);
    } catch (IOException refused) {
      if (writes && !yields) {
        throw unopened(name, reason(refused));
      }
      return readOnly(name, path);
    }
  }

  private static HostFile readOnly(String name, Path path) throws QemuError {
    try {
      return new HostFile(name, path, FileChannel.open(path, READ), true);
    } catch (IOException refused) {
      throw unopened(name, reason(refused));
    }
  }

  private static QemuError unopened(String name, String reason) {
    return QemuError.generic("Could not open '" + name + "': " + reason);
  }

  private static String reason(IOException refused) {
    if (refused instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (refused instanceof AccessDeniedException) {
      return "Permission denied";
    }
    return refused instanceof FileSystemException system
        ? Optional.ofNullable(system.getReason()).orElse("Input/output error")
        : "Input/output error";
  }

  private void checkKind(String driver) throws QemuError {
    boolean regular = Files.isRegularFile(path);
    if (regular != driver.equals("file")) {
      close();
      throw QemuError.generic(
          "'"
              + driver
              + "' driver requires '"
              + name
              + "' to be "
              + (regular ? "either a character or block device" : "a regular file"));
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

  /** Returns what tells this file from all others. */
  Object key() {
    try {
      return Files.getAttribute(path, "unix:dev") + " " + Files.getAttribute(path, "unix:ino");
    } catch (IOException gone) {
      return name;
    }
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
      throw QemuError.generic("Failed to resize the file: " + reason(refused));
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
