package org.vfioap.doctor;

import java.util.List;
import java.util.Set;

/** Things that need more of a computer than Java. */
public enum Needs {
  /** A machine's files mounted in this process. */
  MOUNTED,
  /** A machine in processes of its own. */
  RUNNING,
  /** A machine with a libvirtd. */
  LIBVIRTD;

  private static final Set<String> NAMESPACES =
      Set.of("/dev/fuse", "namespaces", "user namespaces", "unshare", "nsenter", "setpriv");

  private boolean includes(String finding) {
    return switch (this) {
      case MOUNTED -> Set.of("/dev/fuse", "fusermount3").contains(finding);
      case RUNNING -> NAMESPACES.contains(finding);
      case LIBVIRTD -> RUNNING.includes(finding) || Set.of("libvirtd", "virsh").contains(finding);
    };
  }

  /** Returns what is missing for it, with what mends it. */
  public List<Finding> missing(Computer computer) {
    return Examination.of(computer).stream()
        .filter(finding -> !finding.good() && includes(finding.name()))
        .filter(finding -> !(finding.name().equals("fusermount3") && computer.isRoot()))
        .toList();
  }
}
