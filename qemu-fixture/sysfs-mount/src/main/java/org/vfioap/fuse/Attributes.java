package org.vfioap.fuse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  private static final int SIZE = 8;
  private static final int SECONDS = 24;
  private static final int NANOS = 48;
  private static final int MODE = 60;
  private static final int LINKS = 64;
  private static final int OWNER = 68;
  private static final int BLOCK = 80;
  private static final int LENGTH = 88;

  private static final int S_IFDIR = 0040000;
  private static final int S_IFREG = 0100000;
  private static final int S_IFLNK = 0120000;

  private final int uid = LibC.getuid();
  private final int gid = LibC.getgid();
  private final Instant mounted = Instant.now();
  private final NodeTable nodes;

  /** What most nodes have in common; most answers consist of it. */
  private final byte[] unchanged;

  Attributes(NodeTable nodes) {
    this.nodes = nodes;
    unchanged = unchanged();
  }

  private byte[] unchanged() {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.nativeOrder());
    for (int i = 0; i < 3; i++) {
      bytes.putLong(SECONDS + i * 8, mounted.getEpochSecond());
      bytes.putInt(NANOS + i * 4, mounted.getNano());
    }
    return bytes.putInt(OWNER, uid).putInt(OWNER + 4, gid).putInt(BLOCK, PAGE).array();
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
        ? entry.links(nodes.generation(), () -> 2 + directory.directories())
        : 1;
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
    int start = reply.length();
    reply.put(unchanged);
    reply.set(start, entry.inode()).set(start + SIZE, size(node));
    reply.set(start + MODE, format(node) | mode(entry, node));
    reply.set(start + LINKS, links(entry, node));
    if (changed != null) {
      put(reply, start, changed);
    }
  }

  private static long size(Node node) {
    return node instanceof RegularFile file ? file.size() : 0;
  }

  private static void put(Reply reply, int start, ChangedAttributes changed) {
    put(reply, start, 0, changed.accessed());
    put(reply, start, 1, changed.modified());
    reply.set(start + OWNER, changed.uid()).set(start + OWNER + 4, changed.gid());
  }

  private static void put(Reply reply, int start, int which, Instant time) {
    reply.set(start + SECONDS + which * 8, time.getEpochSecond());
    reply.set(start + NANOS + which * 4, time.getNano());
  }
}
