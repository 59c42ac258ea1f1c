package org.vfioap.fuse;

import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/**
 * Answers which nodes there are and what they are.
 *
 * <p>Source: Linux include/uapi/linux/fuse.h for the layouts.
 */
final class Lookups {
  static final int NAME_MAX = 255;

  /** Seconds for which the kernel may rely on what it was told; it is told of changes. */
  private static final long LASTING = 3600;

  /** The length of struct fuse_entry_out. */
  private static final int ENTRY = 128;

  private final NodeTable nodes;
  private final Attributes attributes;

  Lookups(NodeTable nodes) {
    this.nodes = nodes;
    attributes = new Attributes(nodes);
  }

  /**
   * Finds a name in a directory. Nothing is remembered of a name that is not there, and of one that
   * is only if it is a lasting directory.
   */
  void lookup(Request request, Reply reply) {
    String name = request.name();
    NodeTable.Entry parent = nodes.entry(request.node());
    Node node = child(parent, name);
    NodeTable.Entry entry = nodes.remember(parent, name);
    put(reply, entry, node, isLasting(entry, node));
  }

  /** It is asked once more, since it may have vanished before it became known as lasting. */
  private boolean isLasting(NodeTable.Entry entry, Node node) {
    return node instanceof Directory directory
        && directory.isLasting()
        && nodes.makeLasting(entry)
        && !nodes.isGone(entry);
  }

  /** Writes struct fuse_entry_out. */
  private void put(Reply reply, NodeTable.Entry entry, Node node, boolean known) {
    reply.put(entry.number()).put(0L).put(known ? LASTING : 0L).put(LASTING).put(0L);
    attributes.put(reply, entry, node);
  }

  /** Says in a listing of a directory what its entries are. */
  OpenDirectory.Details details(NodeTable.Entry parent) {
    long since = nodes.promises().now();
    @Nullable Directory above = nodes.look(parent) instanceof Directory found ? found : null;
    return new OpenDirectory.Details() {
      @Override
      public int length() {
        return ENTRY;
      }

      @Override
      public void put(Reply reply, String name) {
        @Nullable Node node = above == null ? null : above.child(name);
        if (above == null || node == null) {
          reply.zeros(ENTRY);
        } else {
          listed(reply, nodes.remember(parent, name), node, above.isSteady(), since);
        }
      }
    };
  }

  private void listed(Reply reply, NodeTable.Entry entry, Node node, boolean steady, long since) {
    boolean known =
        isLasting(entry, node)
            || (steady && nodes.promises().add(entry, node instanceof Directory, since));
    put(reply, entry, node, known);
  }

  private Node child(NodeTable.Entry parent, String name) {
    Node above = nodes.node(parent);
    if (!(above instanceof Directory directory)) {
      throw KernelRefusal.of(Errno.ENOTDIR, parent.toString());
    }
    @Nullable Node node = Names.bytes(name).length > NAME_MAX ? null : directory.child(name);
    if (node == null) {
      throw KernelRefusal.of(Errno.ENOENT, parent + "/" + name);
    }
    return node;
  }

  void attributes(Request request, Reply reply) {
    NodeTable.Entry entry = nodes.entry(request.node());
    put(reply, entry, nodes.node(entry));
  }

  private void put(Reply reply, NodeTable.Entry entry, Node node) {
    reply.put(LASTING).put(0L);
    attributes.put(reply, entry, node);
  }

  void setAttributes(Request request, Reply reply) {
    NodeTable.Entry entry = nodes.entry(request.node());
    Node node = nodes.node(entry);
    attributes.change(request, entry, node);
    put(reply, entry, node);
  }

  void readLink(Request request, Reply reply) {
    if (!(nodes.node(nodes.entry(request.node())) instanceof Link link)) {
      throw KernelRefusal.of(Errno.EINVAL, nodes.entry(request.node()) + " is no link");
    }
    reply.put(Names.bytes(link.target()));
  }

  void forget(Request request) {
    nodes.forget(request.node(), request.longAt(0));
  }

  void forgetAll(Request request) {
    int count = request.intAt(0);
    for (int i = 0; i < count; i++) {
      nodes.forget(request.longAt(8 + i * 16), request.longAt(16 + i * 16));
    }
  }

  static void statistics(Reply reply) {
    reply.zeros(40).put(Attributes.PAGE).put(NAME_MAX).put(Attributes.PAGE).zeros(28);
  }
}
