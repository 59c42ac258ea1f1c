package org.vfioap.fuse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stat(2) says of a node.
 *
 * <p>Source: Linux fs/kernfs/inode.c for the numbers of links; include/uapi/linux/fuse.h, struct
 * fuse_attr. Everything belongs to the user who mounted the tree, until it is given away.
 */
final class Attributes {
  static final int PAGE = 4096;

  private static final int S_IFDIR = 0040000;
  private static final int S_IFREG = 0100000;
  private static final int S_IFLNK = 0120000;

  private final int uid = LibC.getuid();
  private final int gid = LibC.getgid();
  private final Instant mounted = Instant.now();
  private final NodeTable nodes;

  Attributes(NodeTable nodes) {
    this.nodes = nodes;
  }

  private static int format(Node node) {
    if (node instanceof Directory) {
      return S_IFDIR;
    }
    return node instanceof RegularFile ? S_IFREG : S_IFLNK;
  }

  /** Returns the type as a directory entry names it. */
  static int type(Node node) {
    return format(node) >> 12;
  }

  /** Returns the permission bits. */
  static int mode(NodeTable.Entry entry, Node node) {
    ChangedAttributes changed = entry.changed();
    return changed == null ? mode(node) : changed.mode();
  }

  private static int mode(Node node) {
    if (node instanceof Directory) {
      return 0755;
    }
    return node instanceof RegularFile file ? file.mode() : 0777;
  }

  private int links(NodeTable.Entry entry, Node node) {
    return node instanceof Directory directory
        ? entry.links(nodes.generation(), () -> links(directory))
        : 1;
  }

  private static int links(Directory directory) {
    int links = 2;
    for (String name : directory.names()) {
      if (directory.child(name) instanceof Directory) {
        links++;
      }
    }
    return links;
  }

  /** Does what struct fuse_setattr_in asks for. */
  void change(Request request, NodeTable.Entry entry, Node node) {
    if (ChangedAttributes.isChange(request)) {
      @Nullable ChangedAttributes before = entry.changed();
      ChangedAttributes original = new ChangedAttributes(mode(node), uid, gid, mounted, mounted);
      entry.changed((before == null ? original : before).after(request));
    }
  }

  /** Writes struct fuse_attr. */
  void put(Reply reply, NodeTable.Entry entry, Node node) {
    ChangedAttributes changed = entry.changed();
    if (changed == null) {
      put(reply, entry, node, mounted, mounted);
      reply.put(format(node) | mode(node)).put(links(entry, node)).put(uid).put(gid);
    } else {
      put(reply, entry, node, changed.accessed(), changed.modified());
      reply.put(format(node) | changed.mode()).put(links(entry, node));
      reply.put(changed.uid()).put(changed.gid());
    }
    reply.put(0).put(PAGE).put(0);
  }

  private void put(
      Reply reply, NodeTable.Entry entry, Node node, Instant accessed, Instant modified) {
    long size = node instanceof RegularFile file ? file.size() : 0;
    reply.put(entry.inode()).put(size).put(0L);
    reply.put(accessed.getEpochSecond()).put(modified.getEpochSecond());
    reply.put(mounted.getEpochSecond());
    reply.put(accessed.getNano()).put(modified.getNano()).put(mounted.getNano());
  }
}
