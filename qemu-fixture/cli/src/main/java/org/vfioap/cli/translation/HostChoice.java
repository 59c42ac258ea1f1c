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
 * @param note what the user should know about the choice
 */
public record HostChoice(HostFiles files, Optional<ApHost> emulated, Optional<String> note) {
  static final String ARGUMENT =
      "a running machine, a preset, a machine file, or the folder that is / of a system";

  /** What a preset may begin with, should a machine of the same name be running. */
  public static final String PRESET = "preset:";

  /** Returns this system. */
  static HostChoice here() {
    return of(HostFiles.below(Path.of("/")));
  }

  private static HostChoice of(HostFiles files) {
    return new HostChoice(files, Optional.empty(), Optional.empty());
  }

  private static HostChoice boot(String presetOrFile) {
    ApHost host = Machine.find(presetOrFile).boot();
    return new HostChoice(HostFiles.of(host), Optional.of(host), Optional.empty());
  }

  /**
   * Says that a running machine was taken although there is a preset of its name.
   *
   * @return empty if there is none
   */
  public static Optional<String> noteAbout(RunningMachine machine) {
    String name = machine.name();
    return Machine.presets().contains(name)
        ? Optional.of(
            "this is the running machine '" + name + "'; for the preset say " + PRESET + name)
        : Optional.empty();
  }

  /** Returns the host that is meant; empty if it is none. */
  static Optional<HostChoice> find(String argument) {
    Optional<RunningMachine> running = RunningMachine.find(argument);
    if (running.isPresent()) {
      MachineFiles files = new MachineFiles(running.get());
      return Optional.of(new HostChoice(files, Optional.empty(), noteAbout(running.get())));
    }
    if (argument.startsWith(PRESET)) {
      return Optional.of(boot(argument.substring(PRESET.length())));
    }
    Path path = Path.of(argument);
    if (Files.isDirectory(path)) {
      return Optional.of(of(HostFiles.below(path.toAbsolutePath())));
    }
    if (Machine.presets().contains(argument) || Files.isRegularFile(path)) {
      return Optional.of(boot(argument));
    }
    return Optional.empty();
  }
}
