package org.vfioap.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsFile;
import org.vfioap.sysfs.SysfsLink;
import org.vfioap.sysfs.SysfsNode;
import org.vfioap.sysfs.SysfsTree;

/**
 * Shows every node of a tree once, a directory before what is in it: files and links, directories
 * that belong to the same device, and then further devices; names ascending.
 */
final class TreeWalk {
  /** Gets what the walk finds; paths begin behind {@code /sys}. */
  interface Visitor {
    /** A directory; its entries follow. */
    void directory(String path, SysfsDirectory directory) throws IOException;

    /** A file and its content; null if it cannot be read. */
    void file(String path, int mode, @Nullable String content) throws IOException;

    /** A link and its text. */
    void link(String path, String target) throws IOException;
  }

  private final SysfsTree tree;
  private final Visitor visitor;

  private TreeWalk(SysfsTree tree, Visitor visitor) {
    this.tree = tree;
    this.visitor = visitor;
  }

  static void of(SysfsTree tree, Visitor visitor) throws IOException {
    new TreeWalk(tree, visitor).walk("", tree.root());
  }

  static boolean isDevice(SysfsDirectory directory) {
    return directory.child("subsystem") instanceof SysfsLink;
  }

  private void walk(String path, SysfsDirectory directory) throws IOException {
    visitor.directory(path, directory);
    List<String> directories = new ArrayList<>();
    List<String> devices = new ArrayList<>();
    for (String name : tree.names(directory)) {
      SysfsNode node = directory.child(name);
      if (node instanceof SysfsDirectory below) {
        (isDevice(below) ? devices : directories).add(name);
      } else if (node != null) {
        visit(path + "/" + name, node);
      }
    }
    directories.addAll(devices);
    for (String name : directories) {
      // It may have gone since the names were listed.
      if (directory.child(name) instanceof SysfsDirectory below) {
        walk(path + "/" + name, below);
      }
    }
  }

  private void visit(String path, SysfsNode node) throws IOException {
    if (node instanceof SysfsLink link) {
      visitor.link(path, link.target());
    } else if (node instanceof SysfsFile file) {
      visitor.file(path, file.mode(), content(file));
    }
  }

  private @Nullable String content(SysfsFile file) {
    try {
      return (file.mode() & 0444) == 0 ? null : tree.open(file).read().text();
    } catch (KernelRefusal refused) {
      return null;
    }
  }
}
