package org.vfioap.qemu.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opens files as open(2) does for QEMU: what is there keeps its kind, its links and its mode, and
 * refusals are the kernel's. Nothing is ever deleted to be made anew.
 */
public final class HostFiles {
  /** The mode of a new file before the process's mask: everybody may read and write. */
  public static final String EVERYBODY = "rw-rw-rw-";

  private static final int KIND = 0170000;
  private static final int SOCKET = 0140000;
  private static final int BLOCK = 0060000;
  private static final int CHARACTER = 0020000;

  private HostFiles() {}

  /**
   * Opens a file to write to, as O_CREAT and O_TRUNC do: a new one gets {@code mode} without the
   * bits of the process's mask, one that is there is emptied.
   *
   * @throws IOException as the kernel refuses; see {@link Errno#of}
   */
  public static FileChannel create(String name, String mode) throws IOException {
    return open(name, mode, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /**
   * Opens a file to write behind what is in it, as O_CREAT and O_APPEND do.
   *
   * @throws IOException as the kernel refuses; see {@link Errno#of}
   */
  public static FileChannel append(String name, String mode) throws IOException {
    return open(name, mode, StandardOpenOption.APPEND);
  }

  /**
   * Opens a file to write over what is in it, as O_CREAT alone does.
   *
   * @throws IOException as the kernel refuses; see {@link Errno#of}
   */
  public static FileChannel open(String name, String mode) throws IOException {
    return open(name, mode, StandardOpenOption.WRITE);
  }

  private static FileChannel open(String name, String mode, OpenOption how) throws IOException {
    check(name, Errno.EISDIR);
    Set<OpenOption> options =
        new HashSet<>(List.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, how));
    return FileChannel.open(
        HostPath.of(name),
        options,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
  }

  /**
   * Java's paths know no empty name and no slash at the end; for the kernel both mean something.
   */
  private static void check(String name, Errno absentDirectory) throws IOException {
    if (name.isEmpty()) {
      throw new NoSuchFileException(name);
    }
    Path path = HostPath.of(name);
    if (name.endsWith("/") && !Files.isDirectory(path)) {
      boolean there = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
      Errno reason = there ? Errno.ENOTDIR : absentDirectory;
      throw new FileSystemException(name, null, reason.text());
    }
  }

  /**
   * Returns why a file cannot be opened to read; nothing is opened that could wait for somebody.
   */
  public static Optional<Errno> unreadable(String name) {
    try {
      check(name, Errno.ENOENT);
      Path path = HostPath.of(name);
      int kind = kind(path);
      if (kind == SOCKET) {
        return Optional.of(Errno.ENXIO);
      }
      if (Files.isRegularFile(path)) {
        FileChannel.open(path, StandardOpenOption.READ).close();
      } else if (!Files.isReadable(path)) {
        return Optional.of(Errno.EACCES);
      }
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(Errno.of(refused));
    }
  }

  /** Returns why no connection to a socket comes to be, where nobody listens. */
  public static Errno unconnected(String name) {
    return unreadable(name).filter(why -> why != Errno.ENXIO).orElse(Errno.ECONNREFUSED);
  }

  /** Returns why memory cannot be kept in a file, or in a file without a name in a directory. */
  public static Optional<Errno> unusableForMemory(String name) {
    return Files.isDirectory(HostPath.of(name)) ? unreadable(name) : uncreatable(name);
  }

  /**
   * Returns why a file could not be created or, where it is there, opened to write; nothing is made
   * or changed.
   */
  public static Optional<Errno> uncreatable(String name) {
    Optional<Errno> unreadable = unreadable(name);
    Path path = HostPath.of(name);
    if (unreadable.equals(Optional.of(Errno.ENOENT)) && !name.isEmpty()) {
      Path parent = path.toAbsolutePath().getParent();
      Optional<Errno> folder = parent == null ? Optional.empty() : unreadable(parent.toString());
      return folder.isPresent() || name.endsWith("/")
          ? folder.or(() -> unreadable)
          : mayCreate(parent);
    }
    return unreadable.isEmpty() && Files.isDirectory(path) ? Optional.of(Errno.EISDIR) : unreadable;
  }

  private static Optional<Errno> mayCreate(@org.jspecify.annotations.Nullable Path parent) {
    boolean may = parent == null || Files.isWritable(parent);
    return may ? Optional.empty() : Optional.of(Errno.EACCES);
  }

  /** Says whether a path stands for a device of the host, which is never deleted. */
  public static boolean isDevice(Path path, LinkOption... links) throws IOException {
    int kind = kind(path, links);
    return kind == BLOCK || kind == CHARACTER;
  }

  /** Says whether a name stands for a socket. */
  static boolean isSocket(Path path) throws IOException {
    return kind(path, LinkOption.NOFOLLOW_LINKS) == SOCKET;
  }

  private static int kind(Path path, LinkOption... links) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode", links) & KIND;
  }
}
