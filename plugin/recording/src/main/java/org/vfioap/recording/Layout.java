package org.vfioap.recording;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the files of a host lie in a folder or archive.
 *
 * @param root the path of its root: empty, or with a slash at its end
 * @param sys the path of its /sys, likewise
 */
record Layout(String root, String sys) {
  /** The folder of a sos report, and one around it. */
  private static final int DEEPEST = 2;

  private static final Pattern WANTED =
      Pattern.compile(
          "(.*/)?((devices|bus)/(ap|matrix|mdev|vfio_ap)"
              + "|class/(vfio|vfio-dev|zcrypt|mdev_bus)|kernel/iommu_groups"
              + "|module/(ap|vfio_ap|zcrypt)|devices/virtual/(vfio|zcrypt)"
              + "|etc/(mdevctl[.]d|udev/rules[.]d|libvirt/qemu)|run/libvirt/qemu"
              + "|proc/version|proc/sys/kernel/osrelease|uname|sos_commands/(kernel|host)/uname_-a"
              + "|sos_commands/virsh/.*)(/.*)?");

  /** Tells whether a file of an archive may be one that a recording reads. */
  static boolean isWanted(String path) {
    return WANTED.matcher(path).matches();
  }

  /**
   * Finds the files of a host: in the folder itself, as its /sys, or in the only folder in it that
   * has one.
   *
   * @param name what errors call the folder or archive
   * @throws RecordingException if there are none
   */
  static Layout find(HostFiles files, String name) {
    List<Layout> found = find(files, "", name.equals("/") ? DEEPEST : 0);
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new RecordingException(
        found.isEmpty()
            ? name + " has no AP bus: neither sys/bus/ap nor bus/ap nor devices/ap is in it"
            : name
                + " has several hosts: "
                + String.join(", ", found.stream().map(Layout::root).toList())
                + "; name the folder of one");
  }

  private static List<Layout> find(HostFiles files, String root, int depth) {
    if (isSys(files, root + "sys/")) {
      return List.of(new Layout(root, root + "sys/"));
    }
    if (isSys(files, root)) {
      return List.of(new Layout(root, root));
    }
    if (depth == DEEPEST) {
      return List.of();
    }
    return files.list(root.isEmpty() ? "" : root.substring(0, root.length() - 1)).stream()
        .filter(each -> files.link(root + each).isEmpty())
        .flatMap(each -> find(files, root + each + "/", depth + 1).stream())
        .toList();
  }

  private static boolean isSys(HostFiles files, String sys) {
    return files.exists(sys + "bus/ap") || files.exists(sys + "devices/ap");
  }
}
