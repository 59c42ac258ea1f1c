package org.vfioap.fuse;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/**
 * The numbers under which the kernel remembers nodes, until it forgets them.
 *
 * <p>A node is found through its parents at every look, so that one that is gone is not found. One
 * that comes back later under the same name is another: whoever holds the first does not see it.
 */
final class NodeTable {
  static final long ROOT = 1;

  private final Slots<Entry> entries = new Slots<>();
  private final Directory root;

  /** What the kernel knows of a node. */
  static final class Entry {
    private final @Nullable Entry parent;
    private final String name;
    private final long inode;
    private long number;
    private long lookups;
    private @Nullable Map<String, Entry> children;
    private volatile boolean gone;

    private Entry(@Nullable Entry parent, String name) {
      this.parent = parent;
      this.name = name;
      inode = parent == null ? ROOT : inodeOf(parent, name);
    }

    /** Returns the number that stat(2) tells, the same for the same path. */
    long inode() {
      return inode;
    }

    /** Returns the number that stat(2) tells of the directory above. */
    long parentInode() {
      return parent == null ? inode : parent.inode;
    }

    @Override
    public String toString() {
      return parent == null ? "" : parent + "/" + name;
    }
  }

  NodeTable(Directory root) {
    this.root = root;
    Entry entry = new Entry(null, "");
    entry.number = entries.add(entry);
  }

  /** FNV-1a of the path. */
  static long inodeOf(Entry parent, String name) {
    long hash = (parent.inode ^ '/') * 0x100000001b3L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  Entry entry(long number) {
    return entries.get(number);
  }

  /** Finds what the kernel means; ENOENT if it is gone. */
  Node node(Entry entry) {
    Entry parent = entry.parent;
    if (parent == null) {
      return root;
    }
    Node node = node(parent) instanceof Directory above ? above.child(entry.name) : null;
    if (node == null) {
      vanish(entry);
    }
    if (node == null || entry.gone) {
      throw KernelRefusal.of(Errno.ENOENT, entry + " is gone");
    }
    return node;
  }

  /** Returns the number of a node; the kernel now knows it once more. */
  synchronized long remember(Entry parent, String name) {
    if (parent.children == null) {
      parent.children = new HashMap<>();
    }
    Entry entry = parent.children.get(name);
    if (entry == null) {
      entry = new Entry(parent, name);
      entry.number = entries.add(entry);
      parent.children.put(name, entry);
    }
    entry.lookups++;
    return entry.number;
  }

  synchronized void forget(long number, long lookups) {
    if (number == ROOT) {
      return;
    }
    Entry entry = entries.get(number);
    entry.lookups -= lookups;
    if (entry.lookups <= 0) {
      entries.remove(number);
      unlink(entry);
    }
  }

  private static void unlink(Entry entry) {
    Entry parent = entry.parent;
    if (parent != null && parent.children != null) {
      parent.children.remove(entry.name, entry);
      if (parent.children.isEmpty()) {
        parent.children = null;
      }
    }
  }

  /** Marks a node and all below it as gone for ever. */
  synchronized void vanish(Entry entry) {
    unlink(entry);
    markGone(entry);
  }

  private static void markGone(Entry entry) {
    entry.gone = true;
    if (entry.children != null) {
      entry.children.values().forEach(NodeTable::markGone);
    }
  }

  /** Returns how many nodes the kernel remembers. */
  int size() {
    return entries.size();
  }
}
