package org.vfioap.cli.translation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.vfioap.place.RunningMachine;

/** A running machine with a libvirtd of its own and the emulated QEMU. */
final class MachineWithLibvirt implements AutoCloseable {
  private static final Path PROGRAM = Path.of("../../vfioap").toAbsolutePath().normalize();

  /** The QEMU that a machine's libvirtd finds, as its programs see it. */
  private static final String EMULATOR = "/run/vfioap/libvirt/bin/qemu-system-s390x";

  private static final String WAIT = "echo -5,-6 >/sys/bus/ap/apmask; echo ready; cat >/dev/null";

  private final Process process;
  private final Path root;

  private MachineWithLibvirt(Process process, Path root) {
    this.process = process;
    this.root = root;
  }

  /**
   * Starts one.
   *
   * @param directory for what the machine complains of
   */
  static MachineWithLibvirt start(String preset, Path directory) throws Exception {
    needsLibvirt();
    String name = "libvirt-" + ProcessHandle.current().pid();
    Process process =
        vfioap(directory, "run", preset, "--name", name, "--libvirtd", "--", "sh", "-c", WAIT);
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    if (!"ready".equals(line)) {
      throw new IOException("libvirtd did not start: " + line + out.lines().toList());
    }
    long pid =
        RunningMachine.all().stream()
            .filter(machine -> machine.name().equals(name))
            .findFirst()
            .orElseThrow()
            .pid();
    return new MachineWithLibvirt(process, Path.of("/proc/" + pid + "/root"));
  }

  private static void needsLibvirt() throws IOException {
    for (String each : List.of("/usr/sbin/libvirtd", "/usr/bin/mdevctl", "/dev/fuse")) {
      assumeTrue(
          Files.exists(Path.of(each)),
          each + " is missing: apt-get install libvirt-daemon-driver-qemu mdevctl fuse3");
    }
    try (Stream<Path> libraries = Files.list(Path.of("/usr/lib"))) {
      assumeTrue(
          libraries.anyMatch(
              each ->
                  Files.exists(each.resolve("libvirt/connection-driver/libvirt_driver_qemu.so"))),
          "libvirt's QEMU driver is not installed: apt-get install libvirt-daemon-driver-qemu");
    }
  }

  private static Process vfioap(Path directory, String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(PROGRAM.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("VFIOAP_BUILDING", "1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectError(directory.resolve("errors").toFile());
    return builder.start();
  }

  String uri() {
    return "qemu+unix:///system?socket=" + root.resolve("run/libvirt/libvirt-sock");
  }

  String emulator() {
    return EMULATOR;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
