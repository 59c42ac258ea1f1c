package org.vfioap.place;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a machine is started.
 *
 * @param name what commands call it, and its host name; a name that no other machine has if empty
 * @param withHost whether /sys shows this computer's own devices, too, as {@code --with-host}
 * @param emulator the folder of the emulated QEMU if a libvirtd runs in it, as {@code --libvirtd}
 * @param detached whether it runs on after this program
 */
public record MachineOptions(
    Optional<String> name, boolean withHost, Optional<Path> emulator, boolean detached) {
  private static final MachineOptions USUAL =
      new MachineOptions(Optional.empty(), false, Optional.empty(), false);

  /** Returns those of a machine with a name of its own that ends with this program. */
  public static MachineOptions usual() {
    return USUAL;
  }

  /** Returns these with a name: up to 63 letters, digits and hyphens. */
  public MachineOptions named(String value) {
    return new MachineOptions(Optional.of(value), withHost, emulator, detached);
  }

  /** Returns these for a machine that shows this computer's own devices, too. */
  public MachineOptions showingHost() {
    return new MachineOptions(name, true, emulator, detached);
  }

  /**
   * Returns these for a machine with a libvirtd.
   *
   * @param folder has the emulated QEMU; {@code vfioap install-emulator} writes it, and so does
   *     EmulatorInstaller
   */
  public MachineOptions withLibvirtd(Path folder) {
    return new MachineOptions(name, withHost, Optional.of(folder), detached);
  }

  /** Returns these for a machine that runs until it is stopped. */
  public MachineOptions outlivingThisProgram() {
    return new MachineOptions(name, withHost, emulator, true);
  }
}
