package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.ErrorClass;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.vfio.DescribedHost;

/** A guest as libvirt starts one without disks: network, agent channel, random numbers, balloon. */
class VirtioGuestTest {
  private QemuMonitor qemu;
  private QmpClient client;

  @BeforeEach
  void start() throws Exception {
    qemu =
        QemuMonitor.start(
            DescribedHost.parse("{}"),
            "-machine",
            "s390-ccw-virtio",
            "-m",
            "64",
            "-S",
            "-netdev",
            "{\"type\":\"user\",\"id\":\"hostnet0\"}",
            "-device",
            "{\"driver\":\"virtio-net-ccw\",\"netdev\":\"hostnet0\",\"id\":\"net0\"}",
            "-device",
            "virtio-serial-ccw,id=virtio-serial0",
            "-chardev",
            "null,id=charchannel0",
            "-device",
            "virtserialport,bus=virtio-serial0.0,chardev=charchannel0,id=channel0,name=agent",
            "-device",
            "virtio-rng-ccw,id=rng0",
            "-device",
            "virtio-balloon-ccw,id=balloon0");
    client = qemu.connect();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    qemu.close();
  }

  @Test
  void devicesAreOnTheirBuses() throws Exception {
    JsonObject line = JsonObject.of("command-line", "info qtree");
    assertThat(client.execute("human-monitor-command", line).toJson())
        .contains("bus: virtio-serial0.0", "dev: virtserialport, id \\\"channel0\\\"")
        .contains("netdev = \\\"hostnet0\\\"");
    assertThat(client.execute("x-query-virtio").toJson())
        .startsWith("[{\"name\": \"virtio-net\"") // JSON devices are the last to be created
        .contains("/machine/peripheral/rng0/virtio-backend");
  }

  @Test
  void balloonKeepsItsSizeWithoutADriver() throws Exception {
    client.execute("balloon", JsonObject.empty().with("value", 32 << 20));
    assertThat(client.execute("query-balloon").toJson()).isEqualTo("{\"actual\": 67108864}");
    assertThatExceptionOfType(QemuError.class)
        .isThrownBy(() -> client.execute("balloon", JsonObject.empty().with("value", 0)))
        .withMessage("Parameter 'target' expects a size");
  }

  @Test
  void networkMustExistForADevice() throws Exception {
    JsonObject device = JsonObject.of("driver", "virtio-net-ccw").with("netdev", "n1");
    assertThatExceptionOfType(QemuError.class)
        .isThrownBy(() -> client.execute("device_add", device))
        .withMessage("Property 'virtio-net-device.netdev' can't find value 'n1'");
    client.execute("netdev_add", JsonObject.of("type", "user").with("id", "n1"));
    client.execute("device_add", device);
    assertThatExceptionOfType(QemuError.class)
        .isThrownBy(() -> client.execute("netdev_del", JsonObject.of("id", "n2")))
        .matches(refused -> refused.errorClass() == ErrorClass.DEVICE_NOT_FOUND);
  }
}
