package org.vfioap.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.opentest4j.TestAbortedException;
import org.vfioap.fuse.MountException;
import org.vfioap.mount.MachineMount;

/** A machine mounted for other programs; loaded only where somebody asks for it. */
final class Mounting implements AutoCloseable {
  private final Path directory;
  private final MachineMount mount;

  private Mounting(Path directory, MachineMount mount) {
    this.directory = directory;
    this.mount = mount;
  }

  /** Mounts; the test is skipped where that cannot be, or fails if it was required. */
  static Mounting of(HostFixture fixture) {
    try {
      return mount(fixture);
    } catch (NoClassDefFoundError missing) {
      throw new ParameterResolutionException(
          "@Mounted needs org.vfioap:vfioap-sysfs-mount on the class path", missing);
    }
  }

  private static Mounting mount(HostFixture fixture) {
    try {
      Path directory = Files.createTempDirectory("vfioap");
      try {
        return new Mounting(directory, MachineMount.mount(fixture.host(), directory));
      } catch (MountException refused) {
        Files.delete(directory);
        throw lacking(String.valueOf(refused.getMessage()));
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static RuntimeException lacking(String reason) {
    List<String> required = List.of(System.getProperty("vfioap.require", "").split(",", -1));
    return required.contains("mounted") || required.contains("all")
        ? new ParameterResolutionException("@Mounted is required (vfioap.require), but " + reason)
        : new TestAbortedException("@Mounted: " + reason);
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
