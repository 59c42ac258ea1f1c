package org.vfioap.machine;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code files}: what lies in the machine's own folders when programs start to use it. */
final class FileReader {
  /** The folders that belong to a running machine and outlive its reboots. */
  private static final List<String> FOLDERS =
      List.of("/etc/mdevctl.d/", "/etc/udev/rules.d/", "/etc/libvirt/qemu/");

  private static final String ALLOWED = "paths below " + String.join(", ", FOLDERS);

  private FileReader() {}

  static SortedMap<String, String> read(YamlValue mapping) {
    SortedMap<String, String> files = new TreeMap<>();
    for (YamlValue.Entry entry : mapping.entries("files", "paths, each with a content")) {
      String path = entry.key().text("a key of files", ALLOWED);
      Position where = entry.key().position();
      if (FOLDERS.stream().noneMatch(folder -> FilePaths.isBelow(folder, path))) {
        throw where.error("file " + Quoted.of(path) + " cannot be given", ALLOWED);
      }
      if (files.put(path, entry.value().text(path, "the content")) != null) {
        throw where.error("file " + Quoted.of(path) + " is given twice", "each file once");
      }
    }
    return files;
  }
}
