package org.vfioap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.vfioap.qemu.install.EmulatorInstaller;
import org.vfioap.qemu.wire.LineSocket;

/** The installed program and the processes that a test starts from it. */
final class InstalledEmulator {
  private static final int PATIENCE_SECONDS = 30;
  private static final int PAUSE_MILLIS = 5;

  private final Path program;

  private InstalledEmulator(Path program) {
    this.program = program;
  }

  /** Installs with the command, into {@code directory}. */
  static InstalledEmulator into(Path directory) throws Exception {
    Path jar =
        Path.of(
            EmulatorInstaller.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assumeTrue(Files.isRegularFile(jar), "the emulator installs from its jar: run mvn verify");
    CommandRun run = CommandRun.of("install-emulator", directory.toString());
    assertThat(run.err()).isEmpty();
    return new InstalledEmulator(Path.of(run.out().strip()));
  }

  Path program() {
    return program;
  }

  Path library() {
    return program.resolveSibling("qemu-monitor");
  }

  /** Returns a process that has a paused guest and a QMP socket at {@code socket}. */
  static ProcessBuilder guest(Path program, Path socket, String... more) {
    List<String> command = new ArrayList<>(List.of(program.toString(), "-nodefaults", "-S"));
    command.addAll(List.of("-display", "none"));
    command.addAll(List.of("-qmp", "unix:" + socket + ",server=on,wait=off"));
    command.addAll(Arrays.asList(more));
    return bare(command);
  }

  /** Returns a process with the environment that libvirt leaves to an emulator. */
  static ProcessBuilder bare(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH", "HOME"));
    environment.put("LC_ALL", "C");
    return builder.redirectInput(new java.io.File("/dev/null"));
  }

  /** Connects to a monitor that is about to listen, and returns the greeting. */
  static String greeting(Path socket, Process process) throws IOException, InterruptedException {
    try (LineSocket client = connect(socket, process)) {
      return client.receive();
    }
  }

  /** Connects to a monitor that is about to listen. */
  static LineSocket connect(Path socket, Process process) throws IOException, InterruptedException {
    while (true) {
      try {
        return LineSocket.connect(socket);
      } catch (IOException notYet) {
        if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IOException("the program ended: " + stderr(process), notYet);
        }
      }
    }
  }

  static String stderr(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  static int status(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
