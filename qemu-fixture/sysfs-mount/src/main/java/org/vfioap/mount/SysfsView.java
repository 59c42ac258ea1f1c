package org.vfioap.mount;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.vfioap.fuse.Directory;
import org.vfioap.fuse.Link;
import org.vfioap.fuse.Node;
import org.vfioap.fuse.OpenedFile;
import org.vfioap.fuse.RegularFile;
import org.vfioap.sysfs.OpenFile;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsFile;
import org.vfioap.sysfs.SysfsLink;
import org.vfioap.sysfs.SysfsNode;
import org.vfioap.sysfs.SysfsTree;
import org.vfioap.sysfs.SysfsTree.Access;

/**
 * A directory of a machine's /sys.
 *
 * <p>Source: Linux fs/sysfs/file.c: every file claims a page, whatever its content.
 *
 * @param isLasting whether events announce its end
 */
record SysfsView(SysfsTree tree, SysfsDirectory directory, boolean isLasting) implements Directory {
  /** Vanishes without an event when the removal of an mdev begins to wait. */
  private static final String POWER = "power";

  static SysfsView of(SysfsTree tree) {
    return new SysfsView(tree, tree.root(), true);
  }

  private boolean lasts(String name) {
    return isLasting && !name.equals(POWER) && !isQueue(name);
  }

  /** There may be 65536 queues, and few programs use one often. */
  private static boolean isQueue(String name) {
    return name.length() == 7 && name.charAt(2) == '.';
  }

  @Override
  public @Nullable Node child(String name) {
    SysfsNode node = directory.child(name);
    if (node instanceof SysfsDirectory next) {
      return new SysfsView(tree, next, lasts(name));
    }
    if (node instanceof SysfsFile file) {
      return new AttributeFile(tree, file);
    }
    return node instanceof SysfsLink link ? new Link(link.target()) : null;
  }

  @Override
  public Collection<String> names() {
    return tree.names(directory);
  }

  @Override
  public int directories() {
    return tree.directories(directory);
  }

  @Override
  public boolean isSteady() {
    return true;
  }

  /** A file of a machine's /sys. */
  private record AttributeFile(SysfsTree tree, SysfsFile file) implements RegularFile {
    @Override
    public int mode() {
      return file.mode();
    }

    @Override
    public long size() {
      return OpenFile.PAGE;
    }

    @Override
    public OpenedFile open(Access access, int thread) {
      return new SequentialFile(tree.open(file));
    }
  }
}
