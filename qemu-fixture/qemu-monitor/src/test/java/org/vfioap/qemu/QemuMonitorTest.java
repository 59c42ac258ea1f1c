package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.client.QmpEvent;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.vfio.DescribedHost;

/** A guest on a host with one mdev in group 7. */
class QemuMonitorTest {
  private static final String HOST =
      "{'groups': [7], 'mdevs': [{'path': '/m/u1', 'iommu_group': '../iommu_groups/7'}]}";
  private static final JsonObject DEVICE =
      JsonObject.of("driver", "vfio-ap").with("id", "hostdev0").with("sysfsdev", "/m/u1");

  @Test
  void unplugsAndTellsSo() throws Exception {
    try (QemuMonitor guest = start();
        QmpClient client = guest.connect()) {
      client.execute("device_add", DEVICE);
      client.execute("device_del", JsonObject.of("id", "hostdev0"));
      QmpEvent event = client.awaitEvent("DEVICE_DELETED");
      assertThat(event.data())
          .hasToString("{\"device\": \"hostdev0\", \"path\": \"/machine/peripheral/hostdev0\"}");
    }
  }

  @Test
  void refusesTheSecondDevice() throws Exception {
    try (QemuMonitor guest = start();
        QmpClient client = guest.connect()) {
      client.execute("device_add", DEVICE);
      assertThatExceptionOfType(QemuError.class)
          .isThrownBy(() -> client.execute("device_add", DEVICE))
          .withMessage("No 'ap-bus' bus found for device 'vfio-ap'");
    }
  }

  @Test
  void keepsEventsThatComeBeforeTheAnswer() throws Exception {
    try (QemuMonitor guest = start();
        QmpClient client = guest.connect()) {
      client.execute("cont");
      assertThat(client.awaitEvent("RESUME").name()).isEqualTo("RESUME");
    }
  }

  private static QemuMonitor start() throws Exception {
    return QemuMonitor.start(
        DescribedHost.parse(HOST), "-machine", "s390-ccw-virtio", "-cpu", "max", "-S");
  }
}
