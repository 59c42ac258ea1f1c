package org.vfioap.fuse;

import java.time.Instant;

/**
 * What programs may change of a node: as in the kernel's own sysfs it is kept until the node goes.
 *
 * <p>Source: Linux fs/kernfs/inode.c, kernfs_iop_setattr. A size is accepted and means nothing.
 *
 * @param mode permission bits
 */
record ChangedAttributes(int mode, int uid, int gid, Instant accessed, Instant modified) {
  private static final int FATTR_MODE = 1;
  private static final int FATTR_UID = 1 << 1;
  private static final int FATTR_GID = 1 << 2;
  private static final int FATTR_SIZE = 1 << 3;
  private static final int FATTR_ATIME = 1 << 4;
  private static final int FATTR_MTIME = 1 << 5;
  private static final int FATTR_ATIME_NOW = 1 << 7;
  private static final int FATTR_MTIME_NOW = 1 << 8;
  private static final int ANY =
      FATTR_MODE
          | FATTR_UID
          | FATTR_GID
          | FATTR_ATIME
          | FATTR_MTIME
          | FATTR_ATIME_NOW
          | FATTR_MTIME_NOW;
  private static final int PERMISSIONS = 07777;

  /** Tells whether a request changes anything at all. */
  static boolean isChange(Request request) {
    return (request.intAt(0) & ANY) != 0;
  }

  /** Tells whether a request sets a size that no file of the kernel's own sysfs can have. */
  static boolean isTooLarge(Request request) {
    long size = request.longAt(16);
    return (request.intAt(0) & FATTR_SIZE) != 0 && (size < 0 || size > Integer.MAX_VALUE);
  }

  /** Returns these attributes after the change that struct fuse_setattr_in asks for. */
  ChangedAttributes after(Request request) {
    int valid = request.intAt(0);
    return new ChangedAttributes(
        (valid & FATTR_MODE) == 0 ? mode : request.intAt(68) & PERMISSIONS,
        (valid & FATTR_UID) == 0 ? uid : request.intAt(76),
        (valid & FATTR_GID) == 0 ? gid : request.intAt(80),
        time(request, valid & (FATTR_ATIME | FATTR_ATIME_NOW), 32, 56, accessed),
        time(request, valid & (FATTR_MTIME | FATTR_MTIME_NOW), 40, 60, modified));
  }

  private static Instant time(
      Request request, int valid, int seconds, int nanoseconds, Instant old) {
    if ((valid & (FATTR_ATIME_NOW | FATTR_MTIME_NOW)) != 0) {
      return Instant.now();
    }
    return valid == 0
        ? old
        : Instant.ofEpochSecond(request.longAt(seconds), request.intAt(nanoseconds));
  }
}
