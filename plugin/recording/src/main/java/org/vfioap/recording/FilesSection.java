package org.vfioap.recording;

import java.util.ArrayList;
import java.util.List;

/** The files of a machine file: definitions of mdevctl, masks that udev sets at boot, domains. */
final class FilesSection {
  private static final String DEFINITIONS = "etc/mdevctl.d/matrix";
  private static final String RULES = "etc/udev/rules.d/41-ap.rules";

  private FilesSection() {}

  static List<String> lines(HostFiles files, String root, List<GuestRecord> guests) {
    List<String> lines = new ArrayList<>();
    for (String name : files.list(root + DEFINITIONS)) {
      if (name.matches("[0-9a-fA-F-]{36}")) {
        add(lines, files, root, DEFINITIONS + "/" + name);
      }
    }
    add(lines, files, root, RULES);
    for (GuestRecord guest : guests) {
      if (guest.isNamed()) {
        line(lines, "etc/libvirt/qemu/" + guest.name() + ".xml", guest.definition());
      }
    }
    return lines;
  }

  private static void add(List<String> lines, HostFiles files, String root, String path) {
    files.read(root + path).ifPresent(content -> line(lines, path, content));
  }

  private static void line(List<String> lines, String path, String content) {
    lines.add("  " + Quoting.quote("/" + path) + ": " + Quoting.quote(content));
  }
}
