package org.vfioap.junit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vfioap.doctor.Computer;
import org.vfioap.doctor.Examination;
import org.vfioap.doctor.Finding;
import org.vfioap.doctor.LackingComputer;
import org.vfioap.doctor.Needs;

/** What this computer lacks, with what mends it; loaded only where somebody asks. */
final class Doctor {
  private Doctor() {}

  static Optional<String> forMounts(Set<String> lacking) {
    return told(Needs.MOUNTED.missing(computer(lacking))).or(Mounting::refusal);
  }

  static Optional<String> forMachines(boolean libvirtd, Set<String> lacking) {
    Needs needs = libvirtd ? Needs.LIBVIRTD : Needs.RUNNING;
    return told(needs.missing(computer(lacking)));
  }

  static Optional<String> forTool(Tool tool, Set<String> lacking) {
    return told(
        Examination.of(computer(lacking)).stream()
            .filter(finding -> !finding.good() && finding.name().equals(tool.program()))
            .toList());
  }

  /** The kernel of this computer lets only root into mounts of another user namespace. */
  static Optional<String> forFilesFromOutside() {
    return Computer.here().isRoot()
        ? Optional.empty()
        : Optional.of(
            "only root sees the files of a running machine from outside; run programs in it with"
                + " RunningMachine.exec, or take place = MOUNTED");
  }

  private static Computer computer(Set<String> lacking) {
    return new LackingComputer(Computer.here(), lacking);
  }

  private static Optional<String> told(List<Finding> missing) {
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(missing.stream().map(Finding::sentence).collect(Collectors.joining("; ")));
  }
}
