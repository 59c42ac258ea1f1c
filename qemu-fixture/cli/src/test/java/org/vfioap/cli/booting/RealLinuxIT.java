package org.vfioap.cli.booting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.plugin.PluginLibrary;
import org.vfioap.plugin.RealQemu;

/**
 * Debian's Linux 6.1, in a real QEMU, on the hardware of machines.
 *
 * <p>The launcher's verify fetches both; without them these tests are skipped.
 */
@Timeout(300)
final class RealLinuxIT {
  private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path JUDGE = CHECKOUT.resolve("qemu-fixture/cli/src/test/sh/judge/judge.sh");
  private static final Path KERNEL = RealQemu.folder(System.getenv()).resolve("bookworm");

  @TempDir private Path folder;

  @BeforeEach
  void needsALinux() {
    assumeTrue(
        Files.exists(KERNEL.resolve("vmlinuz")),
        "no Linux was fetched: ./vfioap fetch-linux bookworm");
  }

  /** What came of a command, with both of its outputs. */
  private record Ended(int status, String said) {}

  private Ended run(Map<String, String> environment, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("VFIOAP_BUILDING", "1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.redirectInput(Path.of("/dev/null").toFile()).start();
    byte[] said = process.getInputStream().readAllBytes();
    return new Ended(process.waitFor(), new String(said, StandardCharsets.UTF_8));
  }

  private Ended vfioap(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(CHECKOUT.resolve("vfioap").toString()));
    command.addAll(List.of(arguments));
    return run(Map.of(), command);
  }

  private Ended boot(String machine, String commands, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "boot",
                machine,
                "--kernel",
                KERNEL.resolve("vmlinuz").toString(),
                "--initrd",
                KERNEL.resolve("initrd").toString(),
                "--append",
                "quiet vfioap.run=\"" + commands + "\""));
    arguments.addAll(List.of(more));
    return vfioap(arguments.toArray(String[]::new));
  }

  @Test
  void behavesAsTheEmulatedOne() throws Exception {
    Path program = CHECKOUT.resolve("vfioap");

    Ended judge =
        run(
            Map.of(),
            List.of(
                "sh",
                JUDGE.toString(),
                program.toString(),
                KERNEL.toString(),
                "linux-6.1",
                "document",
                folder.toString()));

    assertThat(judge.said()).contains("observations are the same under Linux 6.1");
    assertThat(judge.status()).isZero();
  }

  @Test
  void computesByAcceleratorsAndCoprocessors() throws Exception {
    Ended run =
        boot(
            "z17", "lszcrypt; rsa 4096; chzcrypt -d 4 5; rsa 2048; cat /sys/devices/ap/*/serialnr");

    assertThat(run.said())
        .contains("CEX8C CCA-Coproc  online")
        .contains("RSA-4096: 1 right result")
        .contains("RSA-2048: 1 right result")
        .contains("93AADF1A")
        .contains("vfioap.status=0");
  }

  @Test
  void runsInTheBackgroundUntilItIsStopped() throws Exception {
    String name = "booted-" + ProcessHandle.current().pid();
    Ended boot = boot("z16", "tail -f /dev/null", "--name", name);
    try {
      assertThat(boot.said()).startsWith(name + "\nconsole: ");
      assertThat(vfioap("list", name).said()).contains("running").contains("z16");
      assertThat(vfioap("hw", name, "adapter", "5", "add").status()).isZero();
      assertThat(vfioap("hw", name).said()).contains("card05");
      assertThat(vfioap("dmesg", name).said()).contains("runs a real Linux");
    } finally {
      assertThat(vfioap("stop", name).said()).isEqualTo(name + "\n");
    }
    assertThat(vfioap("list", "-q").said()).doesNotContain(name);
  }

  @Test
  void saysThatAQemuIsTooOld() throws Exception {
    Path old = folder.resolve("qemu-system-s390x");
    Files.writeString(old, "#!/bin/sh\necho 'QEMU emulator version 7.2.22'\n");
    assertThat(old.toFile().setExecutable(true)).isTrue();
    Map<String, String> environment =
        Map.of(
            "PATH", folder + ":/usr/bin:/bin", "VFIOAP_LINUX", folder.resolve("none").toString());

    Ended boot =
        run(
            environment,
            List.of(
                CHECKOUT.resolve("vfioap").toString(),
                "boot",
                "z16",
                "--kernel",
                KERNEL.resolve("vmlinuz").toString()));

    assertThat(boot.status()).isEqualTo(2);
    assertThat(boot.said()).contains("11.0 or newer").contains("is 7.2.22").contains("fetch-linux");
  }

  @Test
  void saysThatNoMachineListens() throws Exception {
    Path library = PluginLibrary.in(folder.resolve("plugin"));
    List<String> command = new ArrayList<>();
    command.add(RealQemu.find(System.getenv()).program().toString());
    command.addAll(List.of("-nographic", "-machine", "s390-ccw-virtio"));
    command.addAll(RealQemu.pluginOptions(library, folder.resolve("nobody")));

    Ended qemu = run(Map.of(), command);

    assertThat(qemu.status()).isNotZero();
    assertThat(qemu.said()).contains("no machine listens at " + folder.resolve("nobody"));
  }
}
