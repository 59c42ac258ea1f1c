package org.vfioap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vfioap.junit.assertions.VfioApAssertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.junit.Fixture;
import org.vfioap.junit.VfioAp;
import org.vfioap.machine.Machine;

/** What documents come to, and why queues are where they are. */
class TranslationCommandsTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String HOSTDEV =
      "<hostdev mode='subsystem' type='mdev' managed='no' model='vfio-ap'>\n"
          + "  <source>\n    <address uuid='"
          + UUID
          + "'/>\n  </source>\n</hostdev>\n";

  @TempDir private Path directory;

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  /** A file, since a preset's name may be that of a machine that runs on this computer. */
  private String machine() throws IOException {
    return file("host.yaml", Machine.preset("document").toYaml());
  }

  @Test
  void plansTheHostdevOfTheDocument() throws IOException {
    CommandRun run = CommandRun.of("plan", file("my-guest-hostdev.xml", HOSTDEV));

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("hostdev " + UUID + "\n")
        .contains("device_add vfio-ap,id=hostdev0,sysfsdev=/sys/bus/mdev/devices/" + UUID);
  }

  @Test
  void plansInJson() throws IOException {
    assertThat(CommandRun.of("plan", "--json", file("hostdev.xml", HOSTDEV)).out())
        .startsWith("{\n  \"kind\" : \"hostdev\"");
  }

  @Test
  void saysWhereAFileIsWrong() throws IOException {
    String path = file("bad.xml", HOSTDEV.replace("vfio-ap", "vfio-xx"));
    CommandRun run = CommandRun.of("plan", path);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "vfioap: "
                + path
                + ":1:1: <hostdev>: XML error: Invalid value for attribute 'model' in element"
                + " 'hostdev': 'vfio-xx'. (allowed: vfio-pci, vfio-ccw, vfio-ap)\n");
    assertThat(CommandRun.of("plan", "/nosuch.xml").err())
        .isEqualTo("vfioap: Failed to open file '/nosuch.xml': No such file or directory\n");
  }

  @Test
  void plansOnAHost() throws IOException {
    String path = file("hostdev.xml", HOSTDEV);

    assertThat(CommandRun.of("plan", path, "--host", machine()).out())
        .contains("On this host\n", "error: device not found: mediated device '" + UUID + "'");
    assertThat(CommandRun.of("plan", path, "--host", "nosuch").err())
        .startsWith("vfioap: 'nosuch' is no host: name a running machine, a preset");
  }

  @Test
  void explainsAQueueOfAMachine() throws IOException {
    CommandRun run = CommandRun.of("explain", "05.0004", machine());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("05.0004 is in no guest: both masks reserve it for the host")
        .contains("no   both masks", "[/sys/bus/ap/apmask: bit 5 is 1, aqmask: bit 4 is 1]");
  }

  @Test
  void explainsAQueueOfAMachineFile() throws IOException {
    String machine =
        "adapters:\n  5: {type: CEX8, mode: cca}\ndomains: [4]\nboot: {apmask: '+0-255,-5'}\n"
            + "mdevs:\n  - uuid: "
            + UUID
            + "\n    adapters: [5]\n    domains: [4]\n";
    CommandRun run = CommandRun.of("explain", "05.0004", file("host.yaml", machine), UUID);

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("05.0004 goes to the guest that uses mdev " + UUID + "\n");
  }

  @Test
  void explainsOnTheFilesOfASystem() throws IOException {
    Files.createDirectories(directory.resolve("sys/bus/ap"));
    Files.createDirectories(directory.resolve("sys/devices/ap"));

    assertThat(CommandRun.of("explain", "05.0004", directory.toString()).out())
        .startsWith("05.0004 is in no guest: adapter 05 is not assigned to this system");
  }

  @Test
  void saysWhatItNeeds() throws IOException {
    assertThat(CommandRun.of("explain", "5.4", machine()).err())
        .contains("APQN '5.4' is not of the form 05.00ab");
    assertThat(CommandRun.of("explain", "05.0004", machine(), "no-guest").err())
        .contains("'no-guest' is no mdev, running machine, preset, machine file or folder");
  }

  @Test
  @VfioAp("document")
  void detachesFromAQemuWithoutLibvirt(Fixture fixture) throws Exception {
    fixture.write(
        "/sys/class/mdev_bus/matrix/mdev_supported_types/vfio_ap-passthrough/create", UUID);
    String socket = fixture.startGuest("guest", "host", List.of(UUID)).qmpSocket().toString();
    String path = file("hostdev.xml", HOSTDEV);

    assertThat(fixture.host()).mdev(UUID).isInUseBy("guest");
    assertThat(CommandRun.of("detach", socket, path))
        .isEqualTo(new CommandRun(0, "Device detached successfully\n", ""));
    assertThat(fixture.host()).mdev(UUID).isFree();
    assertThat(CommandRun.of("detach", socket, path).err())
        .isEqualTo("error: device not found: mediated device '" + UUID + "' not found\n");
    assertThat(CommandRun.of("detach", socket, "--alias", "hostdev0", "--hmp").err())
        .isEqualTo("error: Error: Device 'hostdev0' not found\n");
    assertThat(CommandRun.of("attach", socket, path, "--config").err())
        .contains("a QEMU without libvirt has no definition");
    assertThat(CommandRun.of("detach", "/nosuch/qmp", path).err())
        .startsWith("vfioap: no QMP monitor answers at /nosuch/qmp: ");
  }

  @Test
  void saysWhichDeviceToDetach() {
    assertThat(CommandRun.of("detach", "my-guest").err())
        .isEqualTo("vfioap: say which device: FILE.xml or --alias ALIAS\n");
  }
}
