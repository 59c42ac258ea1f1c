package org.vfioap.fuse;

import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/** Opens, lists and closes directories. */
final class OpenDirectories {
  private final NodeTable nodes;
  private final Slots<OpenDirectory> directories = new Slots<>();

  OpenDirectories(NodeTable nodes) {
    this.nodes = nodes;
  }

  void open(Request request, Reply reply) {
    NodeTable.Entry entry = nodes.entry(request.node());
    if (!(nodes.node(entry) instanceof Directory directory)) {
      throw KernelRefusal.of(Errno.ENOTDIR, entry.toString());
    }
    reply.put(directories.add(new OpenDirectory(entry, directory))).zeros(8);
  }

  void read(Request request, Reply reply) {
    int size = Math.min(request.intAt(16), OpenFiles.MAX_READ);
    directories.get(request.longAt(0)).put(reply, request.longAt(8), size);
  }

  void release(Request request) {
    directories.remove(request.longAt(0));
  }
}
