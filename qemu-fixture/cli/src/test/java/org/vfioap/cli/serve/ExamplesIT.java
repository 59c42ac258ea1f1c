package org.vfioap.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples in other languages, each where its language is installed. */
@Timeout(300)
final class ExamplesIT {
  private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();

  @TempDir private Path directory;

  private Process start(String folder, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .directory(CHECKOUT.resolve("docs/examples").resolve(folder).toFile())
        .redirectErrorStream(true);
    var environment = builder.environment();
    environment.put("VFIOAP", CHECKOUT.resolve("vfioap").toString());
    environment.put("VFIOAP_BUILDING", "1");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    environment.put("GOCACHE", directory.resolve("gocache").toString());
    environment.put("GOPATH", directory.resolve("go").toString());
    environment.put("GOPROXY", "off");
    environment.put("GOFLAGS", "-count=1");
    return builder.start();
  }

  /** Skips the test if a command of its language does not work. */
  private void need(String what, String... command) throws InterruptedException {
    boolean there;
    try {
      Process process = start(".", command);
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      there = process.waitFor() == 0;
    } catch (IOException notInstalled) {
      there = false;
    }
    assumeTrue(there, what + " is not installed");
  }

  private String pass(String folder, String... command) throws Exception {
    Process process = start(folder, command);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void python() throws Exception {
    need("python3 with pytest", "python3", "-c", "import pytest");
    String options = "-q -p no:cacheprovider -p no:benchmark";

    String said = pass(".", "sh", "-c", "python3 -m pytest " + options + " test_vfioap_serve.py");

    assertThat(said).contains("5 passed");
  }

  @Test
  void go() throws Exception {
    need("golang-go", "go", "version");

    assertThat(pass("go", "go", "test", "-v", "./...")).contains("--- PASS: TestReservesTheCard");
  }

  @Test
  void driverOfANodeInAMachineWithTheFilesOfThisComputer() throws Exception {
    need("golang-go", "go", "version");
    String tests = directory.resolve("dra.test").toString();
    pass("go", "go", "test", "-c", "-o", tests, "./dra");
    String vfioap = CHECKOUT.resolve("vfioap").toString();

    String said =
        pass(
            "go/dra",
            vfioap,
            "run",
            "node.yaml",
            "--name",
            name(),
            "--with-host",
            "--",
            "env",
            "IN_MACHINE=1",
            tests,
            "-test.v");

    assertThat(said).contains("--- PASS: TestRestartInTheMiddle").doesNotContain("SKIP");
  }

  private static String name() {
    return "examples-" + ProcessHandle.current().pid();
  }

  @Test
  void modelThatKubeVirtWritesForEveryMdev() throws Exception {
    need("libvirt", "virsh", "--version");
    need("libvirtd", "sh", "-c", "PATH=$PATH:/usr/sbin; libvirtd --version");
    String vfioap = CHECKOUT.resolve("vfioap").toString();

    String said =
        pass(
            "kubevirt",
            vfioap,
            "run",
            "document",
            "--name",
            name() + "-kubevirt",
            "--libvirtd",
            "--",
            "bash",
            "check.sh");

    assertThat(said)
        .contains("invalid device API 'vfio-pci'", "device only supports 'vfio-ap'")
        .contains("05.0004\n");
  }

  @Test
  void rust() throws Exception {
    need("rustc", "rustc", "--version");
    String program = directory.resolve("example").toString();
    pass("rust", "rustc", "--test", "-o", program, "vfioap.rs");

    assertThat(pass("rust", program)).contains("2 passed; 0 failed");
  }

  @Test
  void bats() throws Exception {
    need("bats", "bats", "--version");

    assertThat(pass("bats", "bats", "--tap", "masks.bats"))
        .contains("1..3")
        .doesNotContain("not ok");
  }
}
