package org.vfioap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.Machine;

/** A machine's files on a directory, live and as they are after boot. */
@Timeout(60)
class MountingCommandsTest {
  @TempDir private Path directory;

  @Test
  void mountsUntilItIsUnmounted() throws Exception {
    try (PipedOutputStream pipe = new PipedOutputStream();
        BufferedReader lines = reader(pipe)) {
      CompletableFuture<Integer> status = start(pipe, "mount", directory.toString(), "document");
      String first = lines.readLine();
      assumeTrue(first != null, "this computer does not let this user mount");
      assertThat(first).isEqualTo("document is mounted on " + directory + "; Ctrl-C unmounts it.");
      Path bindings = directory.resolve("sys/bus/ap/bindings");
      assertThat(Files.readString(bindings)).isEqualTo("8/8 (complete)\n");
      assertThat(CommandRun.of("umount", directory.toString()).status()).isZero();
      assertThat(status.join()).isZero();
    }
    assertThat(directory).isEmptyDirectory();
  }

  private static BufferedReader reader(PipedOutputStream pipe) throws IOException {
    return new BufferedReader(
        new InputStreamReader(new PipedInputStream(pipe), StandardCharsets.UTF_8));
  }

  private static CompletableFuture<Integer> start(PipedOutputStream pipe, String... arguments) {
    PrintStream out = new PrintStream(pipe, true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return CompletableFuture.supplyAsync(
        () -> {
          int status = Main.commandLine(out, err).execute(arguments);
          out.close();
          return status;
        });
  }

  @Test
  void saysWhereNothingIsMounted() {
    CommandRun run = CommandRun.of("umount", directory.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("vfioap: no machine is mounted on " + directory + "\n");
  }

  @Test
  void saysWhereNothingCanBeMounted() {
    CommandRun run = CommandRun.of("mount", directory + "/nosuch", "document");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("mount", directory + "/nosuch");
  }

  @Test
  void exportsPlainFiles() {
    Path target = directory.resolve("exported");
    assertThat(CommandRun.of("export", target.toString(), "document").status()).isZero();
    assertThat(target.resolve("bus/ap/devices/card05/type")).hasContent("CEX5C");
  }

  @Test
  void exportsADescriptionForUmockdev() {
    Path target = directory.resolve("machine.umockdev");
    assertThat(CommandRun.of("export", target.toString(), "document").status()).isZero();
    assertThat(target).content().contains("P: /devices/ap/card05\nE: SUBSYSTEM=ap\n");
  }

  @Test
  void exportsATarFileAndNodeDevices() throws IOException {
    Path tar = directory.resolve("sys.tar");
    Path xml = directory.resolve("nodes.xml");
    assertThat(CommandRun.of("export", tar.toString(), "document").status()).isZero();
    assertThat(
            CommandRun.of("export", xml.toString(), "document", "--profile", "debian-13").status())
        .isZero();

    assertThat(Files.size(tar) % 512).isZero();
    assertThat(xml).content().contains("<name>ap_05_0004</name>");
  }

  @Test
  void exportsEveryPresetWithEveryKernel() throws IOException {
    Path goldens = directory.resolve("goldens");
    assertThat(CommandRun.of("export", "--all", goldens.toString()).status()).isZero();

    try (Stream<Path> files = Files.list(goldens)) {
      assertThat(files)
          .hasSize(3 * Machine.presets().size() * KernelProfile.values().length)
          .contains(goldens.resolve("z16-linux-6.12.umockdev"));
    }
  }

  @Test
  void refusesToExportOverSomething() {
    CommandRun run = CommandRun.of("export", directory.toString(), "document");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "vfioap: cannot export to "
                + directory
                + ": it exists already; name a directory that does not\n");
  }
}
