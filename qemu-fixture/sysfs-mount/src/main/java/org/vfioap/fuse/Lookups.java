package org.vfioap.fuse;

import java.nio.charset.StandardCharsets;
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

  /** FATTR_MODE, FATTR_UID and FATTR_GID. */
  private static final int MODE_OR_OWNER = 0b111;

  private final NodeTable nodes;
  private final Attributes attributes = new Attributes();

  Lookups(NodeTable nodes) {
    this.nodes = nodes;
  }

  void lookup(Request request, Reply reply) {
    String name = request.name();
    NodeTable.Entry parent = nodes.entry(request.node());
    Node node = child(parent, name);
    // Nothing is cached, neither the entry nor its attributes: devices come and go.
    long number = nodes.remember(parent, name);
    reply.put(number).zeros(32);
    attributes.put(reply, nodes.entry(number), node);
  }

  private Node child(NodeTable.Entry parent, String name) {
    Node above = nodes.node(parent);
    if (!(above instanceof Directory directory)) {
      throw KernelRefusal.of(Errno.ENOTDIR, parent.toString());
    }
    @Nullable Node node = name.length() > NAME_MAX ? null : directory.child(name);
    if (node == null) {
      throw KernelRefusal.of(Errno.ENOENT, parent + "/" + name);
    }
    return node;
  }

  void attributes(Request request, Reply reply) {
    NodeTable.Entry entry = nodes.entry(request.node());
    reply.zeros(16);
    attributes.put(reply, entry, nodes.node(entry));
  }

  /** Times and a size of 0 are accepted and mean nothing; mode and owner stay. */
  void setAttributes(Request request, Reply reply) {
    if ((request.intAt(0) & MODE_OR_OWNER) != 0) {
      throw KernelRefusal.of(
          Errno.EPERM, "mode and owner of " + nodes.entry(request.node()) + " stay");
    }
    attributes(request, reply);
  }

  void readLink(Request request, Reply reply) {
    if (!(nodes.node(nodes.entry(request.node())) instanceof Link link)) {
      throw KernelRefusal.of(Errno.EINVAL, nodes.entry(request.node()) + " is no link");
    }
    reply.put(link.target().getBytes(StandardCharsets.ISO_8859_1));
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
