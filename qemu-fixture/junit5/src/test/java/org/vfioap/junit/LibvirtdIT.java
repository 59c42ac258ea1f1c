package org.vfioap.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vfioap.junit.VfioAp.Place.RUNNING;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vfioap.place.RunningMachine;
import org.vfioap.translation.libvirt.LibvirtHost;

/** A libvirtd in a machine, and its clients outside. */
@VfioAp(value = "document", place = RUNNING)
@Libvirtd
@Timeout(120)
class LibvirtdIT {
  @Test
  @RequiresTool(Tool.VIRSH)
  void virshConnectsFromOutside(@ConnectUri String uri) throws Exception {
    Process virsh =
        new ProcessBuilder("virsh", "-c", uri, "nodedev-list", "--cap", "ap_matrix")
            .redirectErrorStream(true)
            .start();
    String said = new String(virsh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(virsh.waitFor()).as(said).isZero();
    assertThat(said).contains("ap_matrix");
  }

  @Test
  void javaConnectsFromOutside(LibvirtHost libvirt, RunningMachine machine) throws Exception {
    assertThat(libvirt.nodeDevices("ap_matrix")).containsExactly("ap_matrix");
    assertThat(machine.exec("virsh", "nodedev-list", "--cap", "ap_matrix").output())
        .contains("ap_matrix");
  }
}
