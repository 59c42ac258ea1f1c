package org.vfioap.qemu.qdev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.qemu.QemuMonitor;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.vfio.DescribedHost;

/** Forms of a PCI address, as recorded with QEMU 7.2.22. */
class PciAddressTest {
  private QemuMonitor qemu;
  private QmpClient client;

  @BeforeEach
  void start() throws Exception {
    qemu =
        QemuMonitor.start(
            DescribedHost.parse("{}"),
            "-S",
            "-device",
            "{\"driver\": \"virtio-rng-pci\", \"id\": \"cold\", \"addr\": \"0x8\"}");
    client = qemu.connect();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    qemu.close();
  }

  private void add(String id, String address) throws Exception {
    client.execute(
        "device_add",
        JsonObject.of("driver", "virtio-rng-pci").with("id", id).with("addr", address));
  }

  private String address(String id) throws Exception {
    JsonObject path = JsonObject.of("path", "/machine/peripheral/" + id).with("property", "addr");
    return client.execute("qom-get", path).toString();
  }

  @Test
  void isReadFromJson() throws Exception {
    assertThat(address("cold")).isEqualTo("64");
  }

  @ParameterizedTest
  @CsvSource({"0x9, 72", "09.0, 72", "9.1, 73", "1f.7, 255", "0x6.0, 48"})
  void isRead(String text, String number) throws Exception {
    add("hot", text);

    assertThat(address("hot")).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "-1", "x", "8.8", "", "8 "})
  void isRefused(String text) {
    assertThatExceptionOfType(QemuError.class)
        .isThrownBy(() -> add("hot", text))
        .withMessage("Property 'virtio-rng-pci.addr' doesn't take value '" + text + "'");
  }

  @Test
  void isTakenOnce() {
    assertThatExceptionOfType(QemuError.class)
        .isThrownBy(() -> add("hot", "8"))
        .withMessage(
            "PCI: slot 8 function 0 not available for virtio-rng-pci, in use by"
                + " virtio-rng-pci,id=cold");
    assertThatExceptionOfType(QemuError.class)
        .isThrownBy(() -> add("hot", "8.1"))
        .withMessage(
            "PCI: slot 8 function 0 already occupied by virtio-rng-pci, new func virtio-rng-pci"
                + " cannot be exposed to guest.");
  }
}
