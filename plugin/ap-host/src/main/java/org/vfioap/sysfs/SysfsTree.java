package org.vfioap.sysfs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.HostLock;
import org.vfioap.kernel.KernelRefusal;

/**
 * The emulated /sys.
 *
 * <p>Paths begin with {@code /sys}. Every method answers as the system call would, and may be
 * called from any thread: {@link KernelRefusal} carries what errno would be. Those of methods that
 * take a path have a stack trace, since they are for callers in Java; those that take a node are
 * for programs.
 */
public final class SysfsTree {
  private static final String ROOT = "/sys";

  /** What a file is opened for. */
  public enum Access {
    READ(0444),
    WRITE(0222),
    READ_WRITE(0666);

    private final int needs;

    Access(int needs) {
      this.needs = needs;
    }

    /** A mode lacks a right if none of the three bits for it is set: even root is refused then. */
    public boolean allowedBy(int mode) {
      boolean readable = (mode & 0444) != 0 || (needs & 0444) == 0;
      boolean writable = (mode & 0222) != 0 || (needs & 0222) == 0;
      return readable && writable;
    }
  }

  private final SysfsDirectory root;
  private final HostLock lock;
  private final Runnable beforeLook;
  private volatile FileHook hook = FileHook.NONE;

  private SysfsTree(SysfsDirectory root, HostLock lock, Runnable beforeLook) {
    this.root = root;
    this.lock = lock;
    this.beforeLook = beforeLook;
  }

  /**
   * Creates a tree.
   *
   * @param root what {@code /sys} contains
   * @param lock held while directories are listed
   * @param beforeLook runs before every look, for a machine whose clock may have gone on
   */
  public static SysfsTree of(SysfsDirectory root, HostLock lock, Runnable beforeLook) {
    return new SysfsTree(root, lock, beforeLook);
  }

  /** Returns what {@code /sys} contains. */
  public SysfsDirectory root() {
    return root;
  }

  /**
   * Finds a node, following links.
   *
   * @throws KernelRefusal ENOENT, ENOTDIR or ELOOP
   */
  public SysfsNode lookup(String path) {
    return KernelRefusal.traced(() -> find(path, true));
  }

  /** Finds a node as {@link #lookup}, but does not follow a link at the end of the path. */
  public SysfsNode lookupLink(String path) {
    return KernelRefusal.traced(() -> find(path, false));
  }

  /**
   * Returns a path to the same node without links, dots and superfluous slashes.
   *
   * @throws KernelRefusal as {@link #lookup}
   */
  public String realPath(String path) {
    return KernelRefusal.traced(() -> ROOT + PathWalk.realPath(root, inside(path), path));
  }

  /** Sets what is done around reads and writes of files that are opened by a path from now on. */
  public void hook(FileHook newHook) {
    hook = newHook;
  }

  private SysfsNode find(String path, boolean followLast) {
    beforeLook.run();
    return PathWalk.find(root, inside(path), path, followLast);
  }

  private static String inside(String path) {
    boolean inside = path.startsWith(ROOT) && (path.length() == 4 || path.charAt(4) == '/');
    if (!inside) {
      throw KernelRefusal.of(Errno.ENOENT, path + " is not below " + ROOT);
    }
    return path.substring(ROOT.length());
  }

  /** Tells whether the path leads to something. */
  public boolean exists(String path) {
    try {
      find(path, true);
      return true;
    } catch (KernelRefusal refusal) {
      return false;
    }
  }

  /**
   * Opens a file.
   *
   * @throws KernelRefusal as {@link #lookup}; EISDIR for a directory; EACCES if the file cannot be
   *     read or written that way
   */
  public OpenFile open(String path, Access access) {
    return KernelRefusal.traced(() -> openUntraced(path, access));
  }

  private OpenFile openUntraced(String path, Access access) {
    beforeLook.run();
    PathWalk.Found found = PathWalk.locate(root, inside(path), path);
    if (!(found.node() instanceof SysfsFile file)) {
      throw KernelRefusal.of(Errno.EISDIR, path);
    }
    if (!access.allowedBy(file.mode())) {
      throw KernelRefusal.of(
          Errno.EACCES, String.format("%s has mode %04o, no %s", path, file.mode(), access));
    }
    FileHook around = hook;
    String real = around == FileHook.NONE ? path : ROOT + found.realPath();
    return OpenFile.forCaller(file, real, around);
  }

  /** Opens a file of this tree that was found before, whatever its mode. */
  public OpenFile open(SysfsFile file) {
    beforeLook.run();
    return OpenFile.forProgram(file);
  }

  /** Opens, reads and closes a file. */
  public String read(String path) {
    return open(path, Access.READ).read().text();
  }

  /**
   * Opens a file, writes once and closes it.
   *
   * @param text bytes as characters, as {@code echo} sends them: with a newline
   * @return how many bytes were taken
   */
  public int write(String path, String text) {
    return open(path, Access.WRITE).write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Returns the names in a directory, sorted. */
  public List<String> list(String path) {
    if (!(lookup(path) instanceof SysfsDirectory directory)) {
      throw KernelRefusal.of(Errno.ENOTDIR, path).traced();
    }
    return names(directory);
  }

  /** Returns the names in a directory of this tree that was found before, sorted. */
  public List<String> names(SysfsDirectory directory) {
    return lock.get(() -> directory.names().stream().sorted().toList());
  }

  /** Returns how many entries of a directory of this tree are directories. */
  public int directories(SysfsDirectory directory) {
    return lock.get(directory::directories);
  }

  /**
   * Returns the text of a symbolic link.
   *
   * @throws KernelRefusal EINVAL if it is something else
   */
  public String readLink(String path) {
    if (lookupLink(path) instanceof SysfsLink link) {
      return link.target();
    }
    throw KernelRefusal.of(Errno.EINVAL, path + " is no symbolic link").traced();
  }
}
