package org.vfioap.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.machine.Machine;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsFile;
import org.vfioap.sysfs.SysfsLink;
import org.vfioap.sysfs.SysfsNode;
import org.vfioap.sysfs.SysfsTree;

/** The files of a machine as somebody copies them. */
final class RecordedFolder {
  private RecordedFolder() {}

  /** Boots a machine and copies its /sys. */
  static void copySys(Machine machine, Path target) throws IOException {
    copy(machine.boot().sysfs(), "/sys", target);
  }

  private static void copy(SysfsTree tree, String path, Path target) throws IOException {
    Files.createDirectories(target);
    for (String name : tree.list(path)) {
      SysfsNode node = tree.lookupLink(path + "/" + name);
      if (node instanceof SysfsDirectory) {
        copy(tree, path + "/" + name, target.resolve(name));
      } else if (node instanceof SysfsLink link) {
        Files.createSymbolicLink(target.resolve(name), Path.of(link.target()));
      } else if (node instanceof SysfsFile) {
        Files.writeString(target.resolve(name), content(tree, path + "/" + name));
      }
    }
  }

  private static String content(SysfsTree tree, String path) {
    try {
      return tree.read(path);
    } catch (KernelRefusal refusal) {
      return "";
    }
  }

  /** Returns what is in a folder: contents and links by path. */
  static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        if (Files.isSymbolicLink(path)) {
          files.put(folder.relativize(path).toString(), "-> " + Files.readSymbolicLink(path));
        } else if (Files.isRegularFile(path)) {
          files.put(folder.relativize(path).toString(), Files.readString(path));
        }
      }
    }
    return files;
  }

  /** Writes a file and the folders above it. */
  static void write(Path file, String content) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }
}
