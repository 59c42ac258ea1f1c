package org.vfioap.doctor;

import java.util.List;
import java.util.Set;

/** Things that need more of a computer than Java. */
public enum Needs {
  /** A machine's files mounted in this process. */
  MOUNTED("/dev/fuse", "fusermount3"),
  /** A machine in processes of its own. */
  RUNNING("/dev/fuse", "namespaces", "user namespaces", "unshare", "nsenter", "setpriv"),
  /** A machine with a libvirtd. */
  LIBVIRTD(
      "/dev/fuse",
      "namespaces",
      "user namespaces",
      "unshare",
      "nsenter",
      "setpriv",
      "libvirtd",
      "virsh");

  private final Set<String> names;

  Needs(String... names) {
    this.names = Set.of(names);
  }

  /** Returns what is missing for it, with what mends it. */
  public List<Finding> missing(Computer computer) {
    return Examination.of(computer).stream()
        .filter(finding -> !finding.good() && names.contains(finding.name()))
        .filter(finding -> !(finding.name().equals("fusermount3") && computer.isRoot()))
        .toList();
  }
}
