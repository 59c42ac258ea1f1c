package org.vfioap.fuse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/** Opens, lists and closes directories. */
final class OpenDirectories {
  private final NodeTable nodes;
  private final Lookups lookups;
  private final Surroundings surroundings;
  private final Slots<OpenDirectory> directories = new Slots<>();

  OpenDirectories(NodeTable nodes, Lookups lookups, Surroundings surroundings) {
    this.nodes = nodes;
    this.lookups = lookups;
    this.surroundings = surroundings;
  }

  void open(Request request, Reply reply) {
    NodeTable.Entry entry = nodes.entry(request.node());
    if (!(nodes.node(entry) instanceof Directory directory)) {
      throw KernelRefusal.of(Errno.ENOTDIR, entry.toString());
    }
    reply.put(directories.add(new OpenDirectory(entry, directory))).zeros(8);
  }

  void read(Request request, Reply reply) {
    read(directories.get(request.longAt(0)), request, reply, OpenDirectory.Details.NONE);
  }

  /** Also says what the entries are, as if they were looked up. */
  void readPlus(Request request, Reply reply) {
    OpenDirectory directory = directories.get(request.longAt(0));
    read(directory, request, reply, lookups.details(directory.place()));
    forgetUseless();
  }

  private static void read(
      OpenDirectory directory, Request request, Reply reply, OpenDirectory.Details details) {
    int size = Math.min(request.intAt(16), OpenFiles.MAX_READ);
    directory.put(reply, request.longAt(8), size, details);
  }

  void release(Request request) {
    @Nullable OpenDirectory directory = directories.remove(request.longAt(0));
    if (directory != null) {
      nodes.promises().listed(directory.place());
      forgetUseless();
    }
  }

  private void forgetUseless() {
    List<NodeTable.Entry> useless = nodes.promises().takeUseless();
    if (!useless.isEmpty()) {
      surroundings.useless(useless);
    }
  }
}
