package org.vfioap.mount;

import java.util.HashMap;
import java.util.Map;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/** The numbers under which the kernel remembers paths, until it forgets them. */
final class NodeTable {
  static final long ROOT = 1;

  private final Map<Long, Node> byNumber = new HashMap<>();
  private final Map<String, Node> byPath = new HashMap<>();
  private long last = ROOT;

  private static final class Node {
    private final long number;
    private final String path;
    private long lookups;

    private Node(long number, String path) {
      this.number = number;
      this.path = path;
    }
  }

  NodeTable(String root) {
    byNumber.put(ROOT, new Node(ROOT, root));
  }

  synchronized String path(long number) {
    Node node = byNumber.get(number);
    if (node == null) {
      throw KernelRefusal.of(Errno.ENOENT, "node " + number + " is forgotten");
    }
    return node.path;
  }

  /** Returns the number of a path; the kernel now knows it once more. */
  synchronized long remember(String path) {
    Node node = byPath.get(path);
    if (node == null) {
      node = new Node(++last, path);
      byPath.put(path, node);
      byNumber.put(node.number, node);
    }
    node.lookups++;
    return node.number;
  }

  synchronized void forget(long number, long lookups) {
    Node node = byNumber.get(number);
    if (node != null && number != ROOT) {
      node.lookups -= lookups;
      if (node.lookups <= 0) {
        byNumber.remove(number);
        byPath.remove(node.path);
      }
    }
  }
}
