package org.vfioap.sysfs;

import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/** Finds the node of a path, following symbolic links; it waits for nobody. */
final class PathWalk {
  private static final int MAX_LINKS = 40;

  private final String path;
  private Place here;
  private String last = "";
  private int links;

  /** A directory and how the walk came there. */
  record Place(SysfsDirectory directory, String name, @Nullable Place parent) {
    Place up() {
      return parent == null ? this : parent;
    }

    String path() {
      return parent == null ? name : parent.path() + "/" + name;
    }
  }

  private PathWalk(SysfsDirectory root, String path) {
    this.here = new Place(root, "", null);
    this.path = path;
  }

  /**
   * Finds a node.
   *
   * @param inside the path below the root, with or without slashes at its ends; one at the end is
   *     refused behind a file
   * @param path the whole path, for the message
   * @param followLast whether a link at the end is followed
   */
  static SysfsNode find(SysfsDirectory root, String inside, String path, boolean followLast) {
    SysfsNode found = new PathWalk(root, path).walk(inside, followLast);
    if (inside.endsWith("/") && !(found instanceof SysfsDirectory)) {
      throw KernelRefusal.of(Errno.ENOTDIR, path);
    }
    return found;
  }

  /**
   * Returns where a path leads to without links, dots and empty steps: empty for the root, or with
   * a slash at its beginning. The parameters are those of {@link #find}.
   */
  static String realPath(SysfsDirectory root, String inside, String path) {
    return locate(root, inside, path).realPath();
  }

  /** Finds a node as {@link #find}, following links, and how it can be reached without them. */
  static Found locate(SysfsDirectory root, String inside, String path) {
    PathWalk walk = new PathWalk(root, path);
    SysfsNode found = walk.walk(inside, true);
    if (inside.endsWith("/") && !(found instanceof SysfsDirectory)) {
      throw KernelRefusal.of(Errno.ENOTDIR, path);
    }
    return new Found(found, walk.here, walk.last);
  }

  /**
   * A node that was found.
   *
   * @param node the node
   * @param place the directory that it is or is in
   * @param last its name, if it is no directory
   */
  record Found(SysfsNode node, Place place, String last) {
    String realPath() {
      return node instanceof SysfsDirectory ? place.path() : place.path() + "/" + last;
    }
  }

  private SysfsNode walk(String inside, boolean followLast) {
    SysfsNode found = here.directory();
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
      here = here.up();
      return here.directory();
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
    last = name;
    if (child instanceof SysfsDirectory next) {
      here = new Place(next, name, here);
    }
    return child;
  }
}
