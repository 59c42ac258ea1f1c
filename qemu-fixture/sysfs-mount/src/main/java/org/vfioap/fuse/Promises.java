package org.vfioap.fuse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that the kernel may find without asking: those that a program has just listed, since it
 * mostly wants to know more about each.
 *
 * <p>They are promised only in the answer to a listing, during which the kernel holds the lock of
 * the directory; so a notice about a name, which takes that lock, never overtakes the promise.
 * While something changes nothing is promised, and before it changes what was promised is taken
 * back. When a directory is listed its names are forgotten; so there are never many.
 */
final class Promises {
  /** More are not promised; taking back one takes the kernel about 1 µs. */
  static final int MAX = 4096;

  /** So many are forgotten at once. */
  private static final int BATCH = 256;

  /** Nothing can be promised now. */
  private static final long NEVER = -1;

  private final NodeTable nodes;
  private final Map<NodeTable.Entry, Kind> promised = new LinkedHashMap<>();
  private final List<NodeTable.Entry> useless = new ArrayList<>();
  private long version;
  private int changes;

  private enum Kind {
    DIRECTORY,
    OTHER,

    /** Not needed any more, but perhaps in use. */
    USELESS
  }

  Promises(NodeTable nodes) {
    this.nodes = nodes;
  }

  /** Returns what {@link #add} must be told of names that are looked at from now on. */
  synchronized long now() {
    return changes > 0 ? NEVER : version;
  }

  /** Promises a name, unless something has changed since a moment, or there are too many. */
  synchronized boolean add(NodeTable.Entry entry, boolean isDirectory, long since) {
    boolean possible =
        changes == 0 && since == version && (promised.size() < MAX || promised.containsKey(entry));
    if (possible) {
      promised.put(entry, isDirectory ? Kind.DIRECTORY : Kind.OTHER);
    }
    return possible;
  }

  /** Promises nothing until {@link #endChange}; whatever {@link #takeAll} returns is taken back. */
  synchronized void beginChange() {
    changes++;
    version++;
  }

  synchronized void endChange() {
    changes--;
  }

  synchronized boolean isEmpty() {
    return promised.isEmpty();
  }

  /** The kernel has forgotten a name. */
  synchronized void remove(NodeTable.Entry entry) {
    promised.remove(entry);
  }

  /** Returns all, the newest first, and no longer promises them. */
  synchronized List<NodeTable.Entry> takeAll() {
    version++;
    List<NodeTable.Entry> all = new ArrayList<>(promised.keySet());
    Collections.reverse(all);
    promised.clear();
    useless.clear();
    return all;
  }

  /**
   * A directory was listed: what is in it is not needed any more. A program that goes down all
   * directories still needs those below; a directory itself is left when they are.
   */
  void listed(NodeTable.Entry directory) {
    for (NodeTable.Entry child : nodes.children(directory)) {
      leave(child, Kind.OTHER);
    }
    NodeTable.@Nullable Entry above = directory;
    while (above != null && !isAnyNeeded(nodes.children(above))) {
      above = leave(above, Kind.DIRECTORY) ? above.parent() : null;
    }
  }

  private synchronized boolean leave(NodeTable.Entry entry, Kind kind) {
    return promised.replace(entry, kind, Kind.USELESS) && useless.add(entry);
  }

  private synchronized boolean isAnyNeeded(List<NodeTable.Entry> entries) {
    return entries.stream().anyMatch(entry -> !isUseless(promised.get(entry)));
  }

  private static boolean isUseless(@Nullable Kind kind) {
    return kind == null || kind == Kind.USELESS;
  }

  /**
   * Returns what the kernel may forget now, a directory behind what is in it: what is not needed
   * any more, if it is worth a notice, and the oldest if there are many, as in a directory of
   * thousands that is still listed.
   */
  synchronized List<NodeTable.Entry> takeUseless() {
    if (promised.size() > MAX / 2) {
      promised.keySet().stream().limit(MAX / 4).forEach(useless::add);
    }
    if (useless.size() < BATCH) {
      return List.of();
    }
    List<NodeTable.Entry> taken = List.copyOf(useless);
    useless.clear();
    return taken;
  }
}
