package org.vfioap.fuse;

import java.time.Instant;

/**
 * What stat(2) says of a node.
 *
 * <p>Source: Linux fs/kernfs/inode.c for the numbers of links; include/uapi/linux/fuse.h, struct
 * fuse_attr. Everything belongs to the user who mounted the tree.
 */
final class Attributes {
  static final int PAGE = 4096;

  private static final int S_IFDIR = 0040000;
  private static final int S_IFREG = 0100000;
  private static final int S_IFLNK = 0120000;

  private final int uid = LibC.getuid();
  private final int gid = LibC.getgid();
  private final Instant mounted = Instant.now();

  /** Returns type and permission bits. */
  static int mode(Node node) {
    if (node instanceof Directory) {
      return S_IFDIR | 0755;
    }
    return node instanceof RegularFile file ? S_IFREG | file.mode() : S_IFLNK | 0777;
  }

  /** Returns the type as a directory entry names it. */
  static int type(Node node) {
    return mode(node) >> 12;
  }

  private static int links(Node node) {
    if (!(node instanceof Directory directory)) {
      return 1;
    }
    int links = 2;
    for (String name : directory.names()) {
      if (directory.child(name) instanceof Directory) {
        links++;
      }
    }
    return links;
  }

  /** Writes struct fuse_attr. */
  void put(Reply reply, NodeTable.Entry entry, Node node) {
    long size = node instanceof RegularFile file ? file.size() : 0;
    long seconds = mounted.getEpochSecond();
    int nanos = mounted.getNano();
    reply.put(entry.inode()).put(size).put(0L);
    reply.put(seconds).put(seconds).put(seconds).put(nanos).put(nanos).put(nanos);
    reply.put(mode(node)).put(links(node)).put(uid).put(gid).put(0).put(PAGE).put(0);
  }
}
