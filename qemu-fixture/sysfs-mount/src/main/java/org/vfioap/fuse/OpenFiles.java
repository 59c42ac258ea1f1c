package org.vfioap.fuse;

import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.SysfsTree.Access;

/** Opens, reads, writes and closes files. */
final class OpenFiles {
  static final int MAX_READ = 1 << 17;

  private static final int FOPEN_DIRECT_IO = 1;

  /** Several writers at once, as the kernel's own files have them; since Linux 6.2. */
  private static final int FOPEN_PARALLEL_DIRECT_WRITES = 1 << 6;

  /** 0200000 on some architectures; there nothing is refused. */
  private static final int O_DIRECT = 040000;

  private final NodeTable nodes;
  private final Slots<OpenedFile> files = new Slots<>();

  OpenFiles(NodeTable nodes) {
    this.nodes = nodes;
  }

  void open(Request request, Reply reply) {
    NodeTable.Entry entry = nodes.entry(request.node());
    if (!(nodes.node(entry) instanceof RegularFile file)) {
      throw KernelRefusal.of(Errno.EISDIR, entry.toString());
    }
    Access access = access(request.intAt(0));
    int mode = Attributes.mode(entry, file);
    if (!access.allowedBy(mode)) {
      throw KernelRefusal.of(
          Errno.EACCES, String.format("%s has mode %04o, no %s", entry, mode, access));
    }
    long number = files.add(file.open(access, request.thread()));
    reply.put(number).put(FOPEN_DIRECT_IO | FOPEN_PARALLEL_DIRECT_WRITES).put(0);
  }

  private static Access access(int flags) {
    if ((flags & O_DIRECT) != 0) {
      throw KernelRefusal.of(Errno.EINVAL, "O_DIRECT");
    }
    return switch (flags & 3) {
      case 0 -> Access.READ;
      case 1 -> Access.WRITE;
      default -> Access.READ_WRITE;
    };
  }

  boolean letsReadersWait(Request request) {
    return files.get(request.longAt(0)).letsReadersWait();
  }

  void read(Request request, Reply reply) {
    int size = Math.max(0, Math.min(request.intAt(16), MAX_READ));
    reply.put(files.get(request.longAt(0)).read(request.longAt(8), size));
  }

  void write(Request request, Reply reply) {
    OpenedFile file = files.get(request.longAt(0));
    reply.put(file.write(request.bytesAt(40, request.intAt(16)))).put(0);
  }

  void poll(Request request, Reply reply) {
    reply.put(files.get(request.longAt(0)).events()).put(0);
  }

  void release(Request request) {
    @Nullable OpenedFile file = files.remove(request.longAt(0));
    if (file != null) {
      file.close();
    }
  }
}
