package org.vfioap.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.vfioap.fuse.MountException;
import org.vfioap.machine.Machine;
import org.vfioap.mount.MachineMount;

/** A machine mounted for other programs; loaded only where somebody asks for it. */
final class Mounting implements AutoCloseable {
  private final Path directory;
  private final MachineMount mount;

  /** What only an attempt shows, such as a user without a name; made once. */
  private static final class Attempt {
    private static final Optional<String> REFUSAL = make();

    private Attempt() {}

    private static Optional<String> make() {
      try {
        Path directory = Files.createTempDirectory("vfioap");
        try (MachineMount mount = MachineMount.mount(Machine.preset("empty").boot(), directory)) {
          return mount.sys().isAbsolute() ? Optional.empty() : Optional.of("no mount");
        } catch (MountException refused) {
          return Optional.of(String.valueOf(refused.getMessage()));
        } finally {
          Files.delete(directory);
        }
      } catch (IOException broken) {
        return Optional.of(broken.toString());
      }
    }
  }

  private Mounting(Path directory, MachineMount mount) {
    this.directory = directory;
    this.mount = mount;
  }

  /** Returns why nothing can be mounted here. */
  static Optional<String> refusal() {
    return Attempt.REFUSAL;
  }

  /** Mounts; the test is skipped where that cannot be, or fails if it was required. */
  static Mounting of(HostFixture fixture, Surroundings here) {
    try {
      here.demandMounts();
      return mount(fixture, here);
    } catch (NoClassDefFoundError missing) {
      throw new ParameterResolutionException(
          "@Mounted needs org.vfioap:vfioap-sysfs-mount on the class path", missing);
    }
  }

  private static Mounting mount(HostFixture fixture, Surroundings here) {
    try {
      Path directory = Files.createTempDirectory("vfioap");
      try {
        return new Mounting(directory, MachineMount.mount(fixture.host(), directory));
      } catch (MountException refused) {
        Files.delete(directory);
        here.giveUp("mounted", String.valueOf(refused.getMessage()));
        throw refused;
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  Path sys() {
    return mount.sys();
  }

  @Override
  public void close() throws IOException {
    mount.close();
    Files.delete(directory);
  }
}
