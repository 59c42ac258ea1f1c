package org.vfioap.fuse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
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

  /** How many lasting directories are remembered as such. */
  private static final int MAX_LASTING = 1024;

  private final Slots<Entry> entries = new Slots<>();
  private final Set<Entry> lasting = new LinkedHashSet<>();
  private final Promises promises = new Promises(this);
  private final AtomicInteger generation = new AtomicInteger();
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
    private volatile @Nullable ChangedAttributes changed;
    private volatile @Nullable Count links;

    private Entry(@Nullable Entry parent, String name) {
      this.parent = parent;
      this.name = name;
      inode = parent == null ? ROOT : inodeOf(parent, name);
    }

    /** Returns the number that the kernel uses. */
    long number() {
      return number;
    }

    /** Returns the number that the kernel uses for the directory above. */
    long parentNumber() {
      return parent == null ? ROOT : parent.number;
    }

    @Nullable Entry parent() {
      return parent;
    }

    String name() {
      return name;
    }

    /** Returns the number that stat(2) tells, the same for the same path. */
    long inode() {
      return inode;
    }

    /** Returns the number that stat(2) tells of the directory above. */
    long parentInode() {
      return parent == null ? inode : parent.inode;
    }

    /** Returns what programs changed of its attributes, if anything. */
    @Nullable ChangedAttributes changed() {
      return changed;
    }

    /** Remembers changed attributes for as long as the node exists. */
    void changed(ChangedAttributes attributes) {
      changed = attributes;
    }

    /** Returns a number that was counted since directories changed last, or counts anew. */
    int links(int generation, IntSupplier count) {
      Count known = links;
      if (known == null || known.generation() != generation) {
        known = new Count(generation, count.getAsInt());
        links = known;
      }
      return known.number();
    }

    private boolean isNeeded() {
      return lookups > 0 || children != null || (changed != null && !gone);
    }

    @Override
    public String toString() {
      return parent == null ? "" : parent + "/" + name;
    }
  }

  private record Count(int generation, int number) {}

  NodeTable(Directory root) {
    this.root = root;
    Entry entry = new Entry(null, "");
    entry.number = entries.add(entry);
    entry.lookups = 1;
  }

  /** FNV-1a of the path. */
  static long inodeOf(Entry parent, String name) {
    long hash = (parent.inode ^ '/') * 0x100000001b3L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** Returns a number that changes whenever directories may have come or gone. */
  int generation() {
    return generation.get();
  }

  /** Directories may have come or gone. */
  void change() {
    generation.incrementAndGet();
  }

  Entry entry(long number) {
    return entries.get(number);
  }

  /** Returns what the kernel may find without asking. */
  Promises promises() {
    return promises;
  }

  /** Finds what the kernel means; null if it is gone. */
  @Nullable Node look(Entry entry) {
    return entry.gone ? null : find(entry);
  }

  /** Finds what the kernel means; ENOENT if it is gone. */
  Node node(Entry entry) {
    Node node = look(entry);
    if (node == null) {
      throw KernelRefusal.of(Errno.ENOENT, entry + " is gone");
    }
    return node;
  }

  private @Nullable Node find(Entry entry) {
    Entry parent = entry.parent;
    if (parent == null) {
      return root;
    }
    return find(parent) instanceof Directory above ? above.child(entry.name) : null;
  }

  /** Returns a node; the kernel now knows it once more. */
  synchronized Entry remember(Entry parent, String name) {
    if (parent.children == null) {
      parent.children = new HashMap<>(4);
    }
    Entry entry = parent.children.get(name);
    if (entry == null) {
      entry = new Entry(parent, name);
      entry.number = entries.add(entry);
      parent.children.put(name, entry);
    }
    entry.lookups++;
    return entry;
  }

  /** Returns what the kernel knows below a node. */
  synchronized List<Entry> children(Entry entry) {
    return entry.children == null ? List.of() : new ArrayList<>(entry.children.values());
  }

  /** Returns whether the kernel may remember the directory until it is told of its end. */
  synchronized boolean makeLasting(Entry entry) {
    return !entry.gone
        && (lasting.contains(entry) || (lasting.size() < MAX_LASTING && lasting.add(entry)));
  }

  /** Returns the directories that the kernel remembers until it is told of their end. */
  synchronized List<Entry> lasting() {
    return new ArrayList<>(lasting);
  }

  /** Marks a directory and all below it as gone for ever if it is; returns whether it is. */
  boolean isGone(Entry entry) {
    boolean found = look(entry) != null;
    if (!found) {
      vanish(entry);
    }
    return !found;
  }

  private synchronized void vanish(Entry entry) {
    unlink(entry);
    markGone(entry);
  }

  private void markGone(Entry entry) {
    entry.gone = true;
    lasting.remove(entry);
    if (entry.children != null) {
      entry.children.values().forEach(this::markGone);
    }
  }

  synchronized void forget(long number, long lookups) {
    Entry entry = entries.get(number);
    if (number != ROOT) {
      entry.lookups -= lookups;
      drop(entry);
    }
  }

  private void drop(Entry entry) {
    Entry parent = entry.parent;
    if (parent != null && !entry.isNeeded()) {
      entries.remove(entry.number);
      lasting.remove(entry);
      promises.remove(entry);
      unlink(entry);
      drop(parent);
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

  /** Returns how many nodes the kernel remembers. */
  int size() {
    return entries.size();
  }
}
