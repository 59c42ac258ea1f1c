package org.vfioap.cli.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.libvirt.Connect;
import org.vfioap.cli.CommandRun;
import org.vfioap.translation.libvirt.LibvirtHost;
import org.vfioap.translation.libvirt.LiveLibvirt;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.domain.Domain;
import org.vfioap.xml.nodedev.NodeDevice;

/** The flows with a real libvirtd in a running machine. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LiveLibvirtIT extends LibvirtFlows {
  private Path directory;
  private MachineWithLibvirt machine;
  private LibvirtHost libvirt;

  @BeforeAll
  void startMachine(@TempDir Path folder) throws Exception {
    directory = folder;
    machine = MachineWithLibvirt.start("document", directory);
    libvirt = LiveLibvirt.connect(machine.uri());
  }

  @AfterAll
  void stopMachine() throws Exception {
    if (libvirt != null) {
      libvirt.close();
    }
    if (machine != null) {
      machine.close();
    }
  }

  @Override
  LibvirtHost libvirt() {
    return libvirt;
  }

  @Override
  String emulator() {
    return machine.emulator();
  }

  private String file() throws IOException {
    return Files.writeString(directory.resolve("hostdev.xml"), one.print()).toString();
  }

  private CommandRun vfioap(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--connect", machine.uri()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void attachesAndDetachesFromTheCommandLine() throws IOException {
    startGuest("cli1");

    assertThat(vfioap("attach", "cli1", file(), "--persistent"))
        .isEqualTo(new CommandRun(0, "Device attached successfully\n", ""));
    assertThat(live("cli1")).hasSize(1);
    assertThat(defined("cli1")).hasSize(1);
    assertThat(vfioap("attach", "cli1", file()).err())
        .startsWith("error: Requested operation is not valid: mediated device ")
        .endsWith("is in use by driver QEMU, domain cli1\n");
    assertThat(vfioap("detach", "cli1", file(), "--live", "--config"))
        .isEqualTo(new CommandRun(0, "Device detached successfully\n", ""));
    assertThat(live("cli1")).isEmpty();
    assertThat(defined("cli1")).isEmpty();
    assertThat(vfioap("detach", "cli1", "--alias", "hostdev0"))
        .isEqualTo(
            new CommandRun(1, "", "error: internal error: no device found with alias hostdev0\n"));
  }

  @Test
  void plugsBehindLibvirtsBackFromTheCommandLine() throws IOException {
    startGuest("cli2");

    assertThat(vfioap("attach", "cli2", file(), "--hmp").status()).isZero();
    assertThat(live("cli2")).isEmpty();
    assertThat(vfioap("attach", "cli2", file()).err())
        .contains("unable to execute QEMU command 'device_add'");
    assertThat(vfioap("detach", "cli2", file(), "--hmp").status()).isZero();
    assertThat(vfioap("detach", "cli2", file(), "--hmp"))
        .isEqualTo(new CommandRun(1, "", "error: Error: Device 'hostdev0' not found\n"));
  }

  @Test
  void printsWhatLibvirtPrints() throws Exception {
    startGuest("print1", one);
    Connect connect = new Connect(machine.uri());
    try {
      for (int flags : new int[] {0, 2}) {
        String text = connect.domainLookupByName("print1").getXMLDesc(flags);
        assertThat(Domain.parse(XmlDocument.parse(text, "dumpxml")).print()).isEqualTo(text);
      }
      for (String kind : List.of("ap_card", "ap_queue", "ap_matrix", "mdev")) {
        for (String each : libvirt.nodeDevices(kind)) {
          String text = connect.deviceLookupByName(each).getXMLDescription();
          assertThat(NodeDevice.parse(XmlDocument.parse(text, each)).print()).isEqualTo(text);
        }
      }
    } finally {
      connect.close();
    }
  }
}
