package org.vfioap.mount;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.OpenFile;
import org.vfioap.sysfs.SysfsNode;
import org.vfioap.sysfs.SysfsTree;
import org.vfioap.sysfs.SysfsTree.Access;

/**
 * Answers what the kernel asks about files of a machine.
 *
 * <p>Source: Linux include/uapi/linux/fuse.h for the layouts; fs/kernfs/file.c and a comparison
 * with the kernel's own sysfs for what is refused.
 */
final class FileRequests {
  static final int NAME_MAX = 255;
  static final int MAX_READ = 1 << 17;

  /** FATTR_MODE, FATTR_UID and FATTR_GID. */
  private static final int MODE_OR_OWNER = 0b111;

  private static final int FOPEN_DIRECT_IO = 1;

  private final SysfsTree tree;
  private final NodeTable nodes = new NodeTable("/sys");
  private final NodeAttributes attributes;
  private final OpenHandles<OpenPage> files = new OpenHandles<>();
  private final OpenHandles<DirectoryPage> directories = new OpenHandles<>();

  FileRequests(SysfsTree tree, InstantSource clock) {
    this.tree = tree;
    attributes = new NodeAttributes(clock);
  }

  void lookup(Request request, Reply reply) {
    String name = request.name();
    if (name.length() > NAME_MAX) {
      throw KernelRefusal.of(Errno.ENOENT, "a name of " + name.length() + " bytes");
    }
    String path = nodes.path(request.node()) + "/" + name;
    SysfsNode node = tree.lookupLink(path);
    // Nothing is cached, neither the entry nor its attributes: devices come and go.
    reply.put(nodes.remember(path)).zeros(32);
    attributes.put(reply, path, node);
  }

  void attributes(Request request, Reply reply) {
    String path = nodes.path(request.node());
    reply.zeros(16);
    attributes.put(reply, path, tree.lookupLink(path));
  }

  /** Times and a size of 0 are accepted and mean nothing; mode and owner stay. */
  void setAttributes(Request request, Reply reply) {
    if ((request.intAt(0) & MODE_OR_OWNER) != 0) {
      throw KernelRefusal.of(Errno.EPERM, "mode and owner of " + nodes.path(request.node()));
    }
    attributes(request, reply);
  }

  void readLink(Request request, Reply reply) {
    String target = tree.readLink(nodes.path(request.node()));
    reply.put(target.getBytes(StandardCharsets.ISO_8859_1));
  }

  void open(Request request, Reply reply) {
    Access access =
        switch (request.intAt(0) & 3) {
          case 0 -> Access.READ;
          case 1 -> Access.WRITE;
          default -> Access.READ_WRITE;
        };
    OpenFile file = tree.open(nodes.path(request.node()), access);
    reply.put(files.add(new OpenPage(file))).put(FOPEN_DIRECT_IO).put(0);
  }

  void read(Request request, Reply reply) {
    int size = Math.min(request.intAt(16), MAX_READ);
    reply.put(files.get(request.longAt(0)).read(request.longAt(8), size));
  }

  void write(Request request, Reply reply) {
    OpenPage file = files.get(request.longAt(0));
    reply.put(file.write(request.bytesAt(40, request.intAt(16)))).put(0);
  }

  void release(Request request) {
    files.remove(request.longAt(0));
  }

  void openDirectory(Request request, Reply reply) {
    DirectoryPage page = DirectoryPage.of(tree, nodes.path(request.node()));
    reply.put(directories.add(page)).zeros(8);
  }

  void readDirectory(Request request, Reply reply) {
    int size = Math.min(request.intAt(16), MAX_READ);
    directories.get(request.longAt(0)).put(reply, request.longAt(8), size);
  }

  void releaseDirectory(Request request) {
    directories.remove(request.longAt(0));
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

  void statistics(Reply reply) {
    reply.zeros(40).put(OpenFile.PAGE).put(NAME_MAX).put(OpenFile.PAGE).zeros(28);
  }
}
