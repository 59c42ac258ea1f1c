package org.vfioap.sysfs;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/** Finds the node of a path, following symbolic links. Called with the kernel's lock held. */
final class PathWalk {
  private static final int MAX_LINKS = 40;

  private final String path;
  private final Deque<SysfsDirectory> parents = new ArrayDeque<>();
  private SysfsDirectory here;
  private int links;

  private PathWalk(SysfsDirectory root, String path) {
    this.here = root;
    this.path = path;
  }

  /**
   * Finds a node.
   *
   * @param inside the path below the root, with or without slashes at its ends
   * @param path the whole path, for the message
   * @param followLast whether a link at the end is followed
   */
  static SysfsNode find(SysfsDirectory root, String inside, String path, boolean followLast) {
    return new PathWalk(root, path).walk(inside, followLast);
  }

  private SysfsNode walk(String inside, boolean followLast) {
    SysfsNode found = here;
    int start = 0;
    while (start < inside.length()) {
      int slash = inside.indexOf('/', start);
      int end = slash < 0 ? inside.length() : slash;
      if (end > start) {
        found = step(found, inside.substring(start, end), followLast || slash >= 0);
      }
      start = end + 1;
    }
    return found;
  }

  private SysfsNode step(SysfsNode from, String name, boolean follow) {
    if (!(from instanceof SysfsDirectory directory)) {
      throw KernelRefusal.of(Errno.ENOTDIR, path);
    }
    if (name.equals(".")) {
      return directory;
    }
    if (name.equals("..")) {
      here = parents.isEmpty() ? directory : parents.pop();
      return here;
    }
    return enter(directory, name, follow);
  }

  private SysfsNode enter(SysfsDirectory directory, String name, boolean follow) {
    @Nullable SysfsNode child = directory.child(name);
    if (child == null) {
      throw KernelRefusal.of(Errno.ENOENT, path);
    }
    if (child instanceof SysfsLink link && follow) {
      if (++links > MAX_LINKS) {
        throw KernelRefusal.of(Errno.ELOOP, path);
      }
      return walk(link.target(), true);
    }
    if (child instanceof SysfsDirectory next) {
      parents.push(directory);
      here = next;
    }
    return child;
  }
}
