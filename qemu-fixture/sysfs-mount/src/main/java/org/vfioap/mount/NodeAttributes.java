package org.vfioap.mount;

import java.time.Instant;
import java.time.InstantSource;
import org.vfioap.sysfs.OpenFile;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsFile;
import org.vfioap.sysfs.SysfsNode;

/**
 * What stat(2) says of a node.
 *
 * <p>Source: Linux fs/sysfs/file.c: every file claims a page, whatever its content. Everything
 * belongs to the user who mounted the machine.
 */
final class NodeAttributes {
  private static final int S_IFDIR = 0040000;
  private static final int S_IFREG = 0100000;
  private static final int S_IFLNK = 0120000;

  private final int uid = LibC.getuid();
  private final int gid = LibC.getgid();
  private final Instant booted;

  NodeAttributes(InstantSource clock) {
    booted = clock.instant();
  }

  /** Returns type and permission bits. */
  static int mode(SysfsNode node) {
    if (node instanceof SysfsDirectory) {
      return S_IFDIR | 0755;
    }
    return node instanceof SysfsFile file ? S_IFREG | file.mode() : S_IFLNK | 0777;
  }

  /** Returns the type as a directory entry names it. */
  static int type(SysfsNode node) {
    return mode(node) >> 12;
  }

  /** Returns a number for the path that stays the same: FNV-1a. */
  static long inode(String path) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < path.length(); i++) {
      hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** Writes struct fuse_attr. */
  void put(Reply reply, String path, SysfsNode node) {
    long size = node instanceof SysfsFile ? OpenFile.PAGE : 0;
    long seconds = booted.getEpochSecond();
    int nanos = booted.getNano();
    reply.put(inode(path)).put(size).put(0L);
    reply.put(seconds).put(seconds).put(seconds).put(nanos).put(nanos).put(nanos);
    // One link of a directory means "unknown number of subdirectories" to find(1).
    reply.put(mode(node)).put(1).put(uid).put(gid).put(0).put(OpenFile.PAGE).put(0);
  }
}
