package org.vfioap.mount;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.vfioap.fuse.MountException;
import org.vfioap.host.ApHost;

/** A machine that is mounted for one test; the test is skipped where nothing can be mounted. */
final class MountedMachine implements AutoCloseable {
  private final MachineMount mount;

  private MountedMachine(MachineMount mount) {
    this.mount = mount;
  }

  static MountedMachine of(ApHost host, Path directory) {
    try {
      return new MountedMachine(MachineMount.mount(host, directory));
    } catch (MountException e) {
      return abort(e.getMessage());
    }
  }

  MachineMount mount() {
    return mount;
  }

  /** Starts bash in the directory of the mount. */
  Process start(String script) throws IOException {
    return new ProcessBuilder("bash", "-c", script)
        .directory(mount.directory().toFile())
        .redirectErrorStream(true)
        .start();
  }

  /** Returns what bash prints, both of its streams. */
  String bash(String script) throws IOException, InterruptedException {
    Process process = start(script);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, SECONDS)).isTrue();
    return out;
  }

  @Override
  public void close() {
    mount.close();
  }
}
