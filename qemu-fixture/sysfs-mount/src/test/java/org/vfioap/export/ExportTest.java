package org.vfioap.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.lab.Namespace;
import org.vfioap.machine.Machine;

/** The document's machine with an mdev, written to files. */
@Timeout(60)
final class ExportTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String MATRIX = "/sys/devices/vfio_ap/matrix/";

  @TempDir private Path directory;
  private final ApHost host =
      Machine.preset("document").withProfile(KernelProfile.LINUX_6_1).boot();

  @BeforeEach
  void createMdev() {
    host.sysfs().write(MATRIX + "mdev_supported_types/vfio_ap-passthrough/create", UUID);
  }

  private Path plainFiles() throws IOException {
    Path sys = directory.resolve("sys");
    PlainFiles.write(host.sysfs(), sys);
    return sys;
  }

  @Test
  void writesContentModesAndLinks() throws IOException {
    Path sys = plainFiles();
    assertThat(sys.resolve("devices/ap/card05/type")).hasContent("CEX5C");
    assertThat(Files.readSymbolicLink(sys.resolve("bus/ap/devices/card05")))
        .isEqualTo(Path.of("../../../devices/ap/card05"));
    assertThat(sys.resolve("bus/ap/devices/05.0004/chkstop")).hasContent("0");
    assertThat(mode(sys.resolve("devices/vfio_ap/matrix/" + UUID + "/remove")))
        .isEqualTo("-w-------");
    assertThat(mode(sys.resolve("bus/ap/apmask"))).isEqualTo("rw-r--r--");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void leavesEmptyWhatCannotBeRead() throws IOException {
    assertThat(plainFiles().resolve("devices/ap/card05/power/autosuspend_delay_ms")).isEmptyFile();
  }

  @Test
  void refusesADirectoryThatExists() throws IOException {
    Path sys = plainFiles();
    assertThatThrownBy(() -> PlainFiles.write(host.sysfs(), sys))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("exists already");
  }

  @Test
  void leavesNothingBehindWhenItFails() throws IOException {
    Path missing = directory.resolve("a file");
    Files.writeString(missing, "");
    assertThatThrownBy(() -> PlainFiles.write(host.sysfs(), missing.resolve("sys")))
        .isInstanceOf(IOException.class);
    assertThat(directory.toFile().list()).containsExactly("a file");
  }

  @Test
  void describesADeviceAsUmockdevReadsIt() throws IOException {
    assertThat(description())
        .contains("P: /devices/ap/card05\nE: SUBSYSTEM=ap\n")
        .contains("A: type=CEX5C\\n\n")
        .contains("N: vfio/0\nE: DEVNAME=vfio/0\n")
        .contains("L: mdev_type=../mdev_supported_types/vfio_ap-passthrough\n")
        .doesNotContain("A: remove")
        .doesNotContain("L: subsystem");
  }

  private String description() throws IOException {
    StringBuilder description = new StringBuilder();
    UmockdevDescription.write(host.sysfs(), description);
    return description.toString();
  }

  @Test
  void showsEveryDeviceToProgramsUnderUmockdev() throws Exception {
    Namespace.requireProgram("umockdev-run");
    Path file = Files.writeString(directory.resolve("machine.umockdev"), description());
    String script =
        "udevadm info --export-db | grep -c '^P:'; cat /sys/bus/ap/devices/card05/type"
            + " /sys/bus/ap/devices/05.0004/chkstop; readlink /sys/bus/mdev/devices/*/mdev_type;"
            + " udevadm info -q property /sys/devices/ap/card05";
    String out = run("umockdev-run", "--device", file.toString(), "--", "sh", "-c", script);
    long devices = description().lines().filter(line -> line.startsWith("P: ")).count();
    assertThat(out)
        .startsWith(devices + "\nCEX5C\n0\n../mdev_supported_types/vfio_ap-passthrough\n")
        .contains("DEVTYPE=ap_card\n", "MODALIAS=ap:t0B\n");
  }

  @Test
  void showsBusesAndTypesUnderUmockdev() throws Exception {
    Namespace.requireProgram("umockdev-run");
    Namespace.requireProgram("mdevctl");
    Path file = Files.writeString(directory.resolve("machine.umockdev"), description());
    String script =
        "cat /sys/bus/ap/bindings /sys/bus/ap/drivers/cex4queue/05.0004/chkstop"
            + " /sys/module/ap/parameters/domain; mdevctl types";

    String out = run("umockdev-run", "--device", file.toString(), "--", "sh", "-c", script);

    assertThat(out)
        .startsWith("8/8 (complete)\n0\n")
        .contains("matrix\n  vfio_ap-passthrough\n", "Device API: vfio-ap\n");
  }

  @Test
  void tarFileHasWhatTheFolderHas() throws Exception {
    Path tar = directory.resolve("sys.tar");
    try (OutputStream out = Files.newOutputStream(tar)) {
      TarFile.write(host.sysfs(), out);
    }
    Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
    run("tar", "-xpf", tar.toString(), "-C", unpacked.toString(), "--no-same-owner");

    assertThat(listing(unpacked.resolve("sys"))).isEqualTo(listing(plainFiles()));
    assertThat(mode(unpacked.resolve("sys/bus/ap/apmask"))).isEqualTo("rw-r--r--");
    assertThat(run("tar", "-tvf", tar.toString())).contains("root/root", "1970-01-01");
  }

  /** Name, type, mode, size and target of all files; some cannot be read by ordinary users. */
  private static List<String> listing(Path folder) throws IOException, InterruptedException {
    String format = "%P %y %m %s %l\\n";
    return run("find", folder.toString(), "!", "-type", "d", "-printf", format)
        .lines()
        .sorted()
        .toList();
  }

  @Test
  void tarFileHasLongNames() throws Exception {
    Path tar = directory.resolve("sys.tar");
    try (OutputStream out = Files.newOutputStream(tar)) {
      TarFile.write(host.sysfs(), out);
    }

    assertThat(run("tar", "-tf", tar.toString()).lines().filter(name -> name.length() > 100))
        .isNotEmpty();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
