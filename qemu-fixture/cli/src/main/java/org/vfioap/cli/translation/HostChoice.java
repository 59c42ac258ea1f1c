package org.vfioap.cli.translation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vfioap.host.ApHost;
import org.vfioap.machine.Machine;
import org.vfioap.place.RunningMachine;
import org.vfioap.translation.files.HostFiles;

/**
 * A host that an argument names: a running machine, the folder that is / of a system, a preset or a
 * machine file.
 *
 * @param files its files
 * @param emulated the host itself, if it was booted in this process
 */
record HostChoice(HostFiles files, Optional<ApHost> emulated) {
  static final String ARGUMENT =
      "a running machine, a preset, a machine file, or the folder that is / of a system";

  /** Returns this system. */
  static HostChoice here() {
    return below(Path.of("/"));
  }

  private static HostChoice below(Path root) {
    return new HostChoice(HostFiles.below(root), Optional.empty());
  }

  /** Returns the host that is meant; empty if it is none. */
  static Optional<HostChoice> find(String argument) {
    Optional<RunningMachine> running =
        RunningMachine.all().stream().filter(each -> each.name().equals(argument)).findFirst();
    if (running.isPresent()) {
      return Optional.of(below(Path.of("/proc/" + running.get().pid() + "/root")));
    }
    Path path = Path.of(argument);
    if (Files.isDirectory(path)) {
      return Optional.of(below(path.toAbsolutePath()));
    }
    if (Machine.presets().contains(argument) || Files.isRegularFile(path)) {
      ApHost host = Machine.find(argument).boot();
      return Optional.of(new HostChoice(HostFiles.of(host), Optional.of(host)));
    }
    return Optional.empty();
  }
}
