package org.vfioap.cli.translation;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.translation.libvirt.LibvirtHost;
import org.vfioap.translation.libvirt.LiveLibvirt;

/** The flows with a real libvirtd in a running machine. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LiveLibvirtIT extends LibvirtFlows {
  private MachineWithLibvirt machine;
  private LibvirtHost libvirt;

  @BeforeAll
  void startMachine(@TempDir Path directory) throws Exception {
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

  @Override
  void destroy(String nodeDevice) {
    String uuid =
        libvirt.nodeDevice(nodeDevice).mdev().orElseThrow().uuid().orElseThrow().toString();
    machine.files().write("/sys/bus/mdev/devices/" + uuid + "/remove", "1");
  }
}
