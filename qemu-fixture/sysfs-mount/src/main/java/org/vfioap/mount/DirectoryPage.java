package org.vfioap.mount;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.SysfsNode;
import org.vfioap.sysfs.SysfsTree;

/**
 * An open directory with the entries that it had when it was opened.
 *
 * <p>Source: Linux include/uapi/linux/fuse.h, struct fuse_dirent.
 */
final class DirectoryPage {
  private static final int FIXED = 24;
  private static final int DIRECTORY_TYPE = 4;

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(long inode, int type, String name) {
    int length() {
      return FIXED + (name.length() + 7) / 8 * 8;
    }
  }

  private DirectoryPage() {}

  static DirectoryPage of(SysfsTree tree, String path) {
    DirectoryPage page = new DirectoryPage();
    page.add(NodeAttributes.inode(path), DIRECTORY_TYPE, ".");
    page.add(NodeAttributes.inode(path + "/.."), DIRECTORY_TYPE, "..");
    for (String name : tree.list(path)) {
      page.addIfThere(tree, path + "/" + name, name);
    }
    return page;
  }

  private void addIfThere(SysfsTree tree, String path, String name) {
    try {
      SysfsNode node = tree.lookupLink(path);
      add(NodeAttributes.inode(path), NodeAttributes.type(node), name);
    } catch (KernelRefusal refusal) {
      // A device may go between the listing and this look.
      if (refusal.errno() != Errno.ENOENT) {
        throw refusal;
      }
    }
  }

  private void add(long inode, int type, String name) {
    entries.add(new Entry(inode, type, name));
  }

  /** Writes the entries from an offset on, as many as fit. */
  void put(Reply reply, long offset, int size) {
    int end = reply.length() + size;
    for (long i = Math.max(offset, 0); i < entries.size(); i++) {
      Entry entry = entries.get((int) i);
      if (reply.length() + entry.length() > end) {
        return;
      }
      reply.put(entry.inode()).put(i + 1).put(entry.name().length()).put(entry.type());
      reply
          .put(entry.name().getBytes(StandardCharsets.ISO_8859_1))
          .zeros(entry.length() - FIXED - entry.name().length());
    }
  }
}
