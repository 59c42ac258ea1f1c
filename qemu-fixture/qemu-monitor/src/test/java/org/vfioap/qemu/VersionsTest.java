package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.host.ApHost;
import org.vfioap.host.BootParameters;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.persona.QemuVersion;
import org.vfioap.qemu.vfio.EmulatedHost;

/**
 * Guests of several versions of QEMU beside each other, on a host with one mdev.
 *
 * <pre>
 *   host: adapter 5, domain 4, all queues for vfio_ap;  mdev: 05.0004
 * </pre>
 */
class VersionsTest {
  private static final String MDEV = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String PATH = "/sys/devices/vfio_ap/matrix/" + MDEV;
  private static final JsonObject DEVICE =
      JsonObject.of("driver", "vfio-ap").with("id", "hostdev0").with("sysfsdev", PATH);
  private static final String[] GUEST = {
    "-machine", "s390-ccw-virtio", "-accel", "kvm", "-cpu", "host", "-S"
  };

  private static ApHost host(KernelProfile profile) {
    ApHost host =
        ApHost.builder()
            .hardware(ApHardware.create().adapters(ApMask.of(5)).domains(ApMask.of(4)))
            .profile(profile)
            .bootParameters(BootParameters.of("0x0", "0x0"))
            .boot();
    host.sysfs()
        .write("/sys/devices/vfio_ap/matrix/mdev_supported_types/vfio_ap-passthrough/create", MDEV);
    host.sysfs().write(PATH + "/assign_adapter", "5");
    host.sysfs().write(PATH + "/assign_domain", "4");
    return host;
  }

  @ParameterizedTest
  @EnumSource(QemuVersion.class)
  void eachGuestIsOfItsOwnVersion(QemuVersion version) throws Exception {
    EmulatedHost emulated = EmulatedHost.of(host(KernelProfile.LINUX_6_12), "guest1");
    try (QemuMonitor other =
            QemuMonitor.start(EmulatedHost.of(host(KernelProfile.LINUX_6_1), "g"));
        QemuMonitor qemu = QemuMonitor.start(version, emulated, GUEST);
        QmpClient client = qemu.connect();
        QmpClient usual = other.connect()) {
      assertThat(client.execute("query-version").toString()).contains(version.distributor());
      assertThat(usual.execute("query-version").toString())
          .contains(QemuVersion.V7_2.distributor());
      client.execute("device_add", DEVICE);
      assertThat(emulated.guest().apcb().matrix().apqnLines()).isEqualTo("05.0004\n");
    }
  }

  @Test
  void monitorThatWouldServeNobodyIsRefused() throws Exception {
    EmulatedHost emulated = EmulatedHost.of(host(KernelProfile.LINUX_6_12), "guest1");
    try (QemuMonitor qemu = QemuMonitor.start(QemuVersion.V11_1, emulated, GUEST);
        QmpClient client = qemu.connect()) {
      client.execute(
          "chardev-add",
          JsonObject.of("id", "c0")
              .with("backend", JsonObject.of("type", "null").with("data", JsonObject.empty())));
      JsonObject monitor =
          JsonObject.of("qom-type", "monitor-qmp").with("id", "m0").with("chardev", "c0");

      assertThatThrownBy(() -> client.execute("object-add", monitor))
          .hasMessageContaining("at its start only: give it by -object");
      assertThat(client.execute("qom-list", JsonObject.of("path", "/objects")).toString())
          .doesNotContain("m0");
    }
  }

  /** The kernel asks who uses the mdev, and newer QEMUs let it go. */
  @Test
  void newerQemuGivesBackWhatTheHostRemoves() throws Exception {
    ApHost host = host(KernelProfile.LINUX_6_12);
    EmulatedHost emulated = EmulatedHost.of(host, "guest1");
    try (QemuMonitor qemu = QemuMonitor.start(QemuVersion.V10_0, emulated, GUEST);
        QmpClient client = qemu.connect()) {
      client.execute("device_add", DEVICE);
      Thread remover = new Thread(() -> host.sysfs().write(PATH + "/remove", "1"));
      remover.start();
      assertThat(client.awaitEvent("DEVICE_DELETED").toString()).contains("hostdev0");
      remover.join();
      assertThat(host.sysfs().exists(PATH)).isFalse();
      assertThat(qemu.stderr()).isEmpty();
    }
  }

  /** What a kernel cannot signal, QEMU warns about; the device works. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "V7_2|LINUX_6_1|''",
        "V10_0|LINUX_6_1|'warning: vfio: IRQ 0 not available (number of irqs 0)\n'",
        "V10_0|LINUX_6_12|''",
        "V11_1|LINUX_6_12|'qemu-system-s390x: warning: vfio: IRQ 1 not available (number of irqs"
            + " 1)\n"
            + "'",
        "V11_1|LINUX_6_15|''",
      })
  void warnsAboutSignalsThatTheKernelLacks(QemuVersion version, KernelProfile kernel, String text)
      throws Exception {
    EmulatedHost emulated = EmulatedHost.of(host(kernel), "guest1");
    try (QemuMonitor qemu = QemuMonitor.start(version, emulated, GUEST);
        QmpClient client = qemu.connect()) {
      client.execute("device_add", DEVICE);
      assertThat(qemu.stderr()).isEqualTo(text);
    }
  }
}
