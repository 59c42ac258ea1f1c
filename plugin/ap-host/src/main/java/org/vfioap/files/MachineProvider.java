package org.vfioap.files;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsFile;
import org.vfioap.sysfs.SysfsLink;
import org.vfioap.sysfs.SysfsNode;

/** The operations of {@link java.nio.file.Files} on a machine, as system calls of root. */
final class MachineProvider extends FileSystemProvider {
  static final String SCHEME = "vfioap";

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException("use MachineFiles.of(host)");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException("use MachineFiles.of(host)");
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException("use MachineFiles.of(host).getPath(…)");
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    OpenMode mode = OpenMode.of(options);
    MachinePath file = MachinePath.cast(path);
    return FileErrors.opening(file.toString(), () -> open(file, mode));
  }

  private static FileChannel open(MachinePath path, OpenMode mode) {
    MachineTree tree = path.tree();
    if (mode.creates() || !mode.follow()) {
      check(path, mode);
    }
    OpenedFile file;
    try {
      file = tree.open(path.place(), mode.access());
    } catch (KernelRefusal refusal) {
      if (mode.writes() || refusal.errno() != Errno.EISDIR) {
        throw refusal;
      }
      file = new OpenedDirectory();
    }
    long size = path.place().startsWith("/dev") ? 0 : NodeAttributes.PAGE;
    return new MachineChannel(file, mode.modes(), size);
  }

  private static void check(MachinePath path, OpenMode mode) {
    @Nullable SysfsNode found = existing(path, mode.follow() && !mode.createsNew());
    if (found == null && mode.creates()) {
      throw KernelRefusal.of(Errno.EACCES, path + ": nobody creates files there").traced();
    }
    if (found != null && mode.createsNew()) {
      throw KernelRefusal.of(Errno.EEXIST, path.toString()).traced();
    }
    if (found instanceof SysfsLink) {
      throw KernelRefusal.of(Errno.ELOOP, path + " is a link").traced();
    }
  }

  /** Returns the node, or null if only the last name is not there. */
  private static @Nullable SysfsNode existing(MachinePath path, boolean follow) {
    try {
      return path.tree().find(path.place(), follow);
    } catch (KernelRefusal refusal) {
      Path parent = path.toAbsolutePath().getParent();
      if (refusal.errno() != Errno.ENOENT || parent == null) {
        throw refusal;
      }
      path.tree().find(parent.toString(), true);
      return null;
    }
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    MachinePath directory = MachinePath.cast(path);
    try {
      List<String> names = directory.tree().directory(directory.place());
      return new NameStream(directory, names, filter);
    } catch (KernelRefusal refusal) {
      if (refusal.errno() == Errno.ENOTDIR) {
        throw new NotDirectoryException(path.toString());
      }
      throw FileErrors.ofPath(path.toString(), refusal);
    }
  }

  @Override
  public Path readSymbolicLink(Path path) throws IOException {
    MachinePath link = MachinePath.cast(path);
    try {
      return link.getFileSystem().getPath(link.tree().readLink(link.place()));
    } catch (KernelRefusal refusal) {
      if (refusal.errno() == Errno.EINVAL) {
        throw new NotLinkException(path.toString());
      }
      throw FileErrors.ofPath(path.toString(), refusal);
    }
  }

  private static IOException refused(Path path, Errno ifThere) throws IOException {
    MachinePath file = MachinePath.cast(path);
    SysfsNode found = FileErrors.opening(path.toString(), () -> existing(file, false));
    return FileErrors.of(path.toString(), found == null ? Errno.EPERM : ifThere);
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    throw refused(path, Errno.EEXIST);
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    throw refused(link, Errno.EEXIST);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    attributes(MachinePath.cast(existing), false);
    Errno errno = existing(MachinePath.cast(link), false) == null ? Errno.EPERM : Errno.EEXIST;
    throw new FileSystemException(link.toString(), existing.toString(), errno.text());
  }

  @Override
  public void delete(Path path) throws IOException {
    attributes(MachinePath.cast(path), false);
    throw FileErrors.of(path.toString(), Errno.EPERM);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    Copy.copy(source, target, options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    attributes(MachinePath.cast(source), false);
    throw FileErrors.of(source.toString(), Errno.EPERM);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return path.equals(other)
        || (other instanceof MachinePath
            && path.getFileSystem() == other.getFileSystem()
            && path.toRealPath().equals(other.toRealPath()));
  }

  @Override
  public boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    attributes(MachinePath.cast(path), true);
    return new MachineStore();
  }

  /** Root may read and write whatever there is, and runs what somebody may run. */
  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    MachinePath file = MachinePath.cast(path);
    SysfsNode node =
        FileErrors.opening(path.toString(), () -> file.tree().find(file.place(), true));
    if (List.of(modes).contains(AccessMode.EXECUTE) && node instanceof SysfsFile) {
      throw FileErrors.of(path.toString(), Errno.EACCES);
    }
  }

  static NodeAttributes attributes(MachinePath path, boolean follow) throws IOException {
    MachineTree tree = path.tree();
    return FileErrors.opening(
        path.toString(),
        () -> {
          SysfsNode node = tree.find(path.place(), follow);
          int below = node instanceof SysfsDirectory ? 2 + tree.directories(node, path.place()) : 1;
          String real = tree.realPath(path.place(), follow);
          return new NodeAttributes(node, real, below, FileTime.from(tree.now()));
        });
  }

  private static boolean follows(LinkOption... options) {
    return !List.of(options).contains(LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    boolean known =
        type == BasicFileAttributeView.class
            || type == PosixFileAttributeView.class
            || type == FileOwnerAttributeView.class;
    String name = type == BasicFileAttributeView.class ? "basic" : "posix";
    return known ? type.cast(new NodeView(MachinePath.cast(path), follows(options), name)) : null;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (type != BasicFileAttributes.class && type != PosixFileAttributes.class) {
      throw new UnsupportedOperationException(String.valueOf(type));
    }
    return type.cast(attributes(MachinePath.cast(path), follows(options)));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return NamedAttributes.read(attributes(MachinePath.cast(path), follows(options)), names);
  }

  /** Taken and forgotten. */
  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    NamedAttributes.read(attributes(MachinePath.cast(path), follows(options)), attribute);
  }
}
