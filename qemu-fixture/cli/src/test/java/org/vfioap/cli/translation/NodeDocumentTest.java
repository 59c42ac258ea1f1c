package org.vfioap.cli.translation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vfioap.host.ApHost;
import org.vfioap.machine.Machine;
import org.vfioap.translation.emulated.NodeDocument;

/** Node devices for libvirt's test driver. */
final class NodeDocumentTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";

  @Test
  void hasCardsQueuesTheMatrixAndMdevs() {
    ApHost host = Machine.preset("document").boot();
    host.sysfs()
        .write("/sys/devices/vfio_ap/matrix/mdev_supported_types/vfio_ap-passthrough/create", UUID);

    assertThat(NodeDocument.of(host))
        .startsWith("<node>\n  <device>\n    <name>computer</name>\n")
        .contains(
            "    <name>ap_card05</name>\n",
            "    <name>ap_05_0004</name>\n",
            "    <parent>ap_card05</parent>\n",
            "    <name>ap_matrix</name>\n",
            "    <name>mdev_62177883_f1bb_47f0_914d_32a22e3a8804_matrix</name>\n")
        .endsWith("  </device>\n</node>\n");
  }

  @Test
  void machineWithoutAdaptersHasTheComputerAndTheMatrix() {
    assertThat(NodeDocument.of(Machine.preset("empty").boot()))
        .contains("<name>computer</name>", "<name>ap_matrix</name>")
        .doesNotContain("ap_card");
  }
}
