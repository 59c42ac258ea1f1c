package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Facility;
import org.vfioap.host.ApHost;
import org.vfioap.host.ApHostBuilder;
import org.vfioap.host.BootParameters;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.vfio.EmulatedHost;

/**
 * A guest of an emulated host.
 *
 * <pre>
 *   host: adapter 5, domain 4, all queues for vfio_ap;  mdev: 05.0004
 * </pre>
 */
class EmulatedHostTest {
  private static final String MDEV = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String PATH = "/sys/devices/vfio_ap/matrix/" + MDEV;
  private static final String QUEUE = "/sys/bus/ap/devices/05.0004";
  private static final JsonObject DEVICE =
      JsonObject.of("driver", "vfio-ap").with("id", "hostdev0").with("sysfsdev", PATH);

  private final ApHost host = hostWithMdev();
  private final EmulatedHost emulated = EmulatedHost.of(host, "guest1");

  private static ApHost hostWithMdev() {
    return hostWithMdev(
        ApHost.builder()
            .hardware(ApHardware.create().adapters(ApMask.of(5)).domains(ApMask.of(4))));
  }

  private static ApHost hostWithMdev(ApHostBuilder machine) {
    ApHost host = machine.bootParameters(BootParameters.of("0x0", "0x0")).boot();
    host.sysfs()
        .write("/sys/devices/vfio_ap/matrix/mdev_supported_types/vfio_ap-passthrough/create", MDEV);
    host.sysfs().write(PATH + "/assign_adapter", "5");
    host.sysfs().write(PATH + "/assign_domain", "4");
    return host;
  }

  private QemuMonitor start(String cpu) throws Exception {
    return QemuMonitor.start(
        emulated, "-machine", "s390-ccw-virtio", "-accel", "kvm", "-cpu", cpu, "-S");
  }

  @Test
  void pluggingFillsTheApcbAndUnpluggingEmptiesIt() throws Exception {
    try (QemuMonitor qemu = start("host");
        QmpClient client = qemu.connect()) {
      client.execute("device_add", DEVICE);
      assertThat(emulated.guest().apcb().matrix().apqnLines()).isEqualTo("05.0004\n");
      assertThat(host.inside(emulated.guest()).sysfs().exists(QUEUE)).isTrue();

      client.execute("device_del", JsonObject.of("id", "hostdev0"));
      assertThat(emulated.guest().apcb().matrix().apqnLines()).isEmpty();
    }
  }

  private static ApHost machineWithSecureBinding() {
    ApHardware hardware =
        ApHardware.create()
            .adapters(ApMask.of(5))
            .domains(ApMask.of(4))
            .adapter(AdapterId.of(5), Adapter.of(AdapterType.CEX8, AdapterMode.EP11))
            .facilities(EnumSet.allOf(Facility.class));
    return hostWithMdev(ApHost.builder().hardware(hardware).profile(KernelProfile.LINUX_6_12));
  }

  @Test
  void guestUnderSecureExecutionBindsItsQueues() throws Exception {
    ApHost machine = machineWithSecureBinding();
    EmulatedHost secure = EmulatedHost.of(machine, "guest1");
    String[] options = {
      "-object",
      "s390-pv-guest,id=pv0",
      "-machine",
      "s390-ccw-virtio,confidential-guest-support=pv0",
      "-accel",
      "kvm",
      "-cpu",
      "host",
      "-device",
      "vfio-ap,sysfsdev=" + PATH
    };
    try (QemuMonitor qemu = QemuMonitor.start(secure, options);
        QmpClient client = qemu.connect()) {
      assertThat(client.execute("qom-list", JsonObject.of("path", "/objects")).toString())
          .contains("child<s390-pv-guest>");
      ApHost inside = machine.inside(secure.guest());
      inside.sysfs().write(QUEUE + "/se_bind", "1");
      assertThat(inside.sysfs().read(QUEUE + "/se_bind")).isEqualTo("bound\n");
    }
  }

  @Test
  void secureExecutionNeedsKvm() {
    String[] options = {
      "-object", "s390-pv-guest,id=pv0",
      "-machine", "s390-ccw-virtio,confidential-guest-support=pv0"
    };
    assertThat(failure(options)).contains("Protected Virtualization requires KVM");
    String[] other = {"-machine", "s390-ccw-virtio,confidential-guest-support=pv1"};
    assertThat(failure(other)).contains("Device 'pv1' not found");
  }

  private String failure(String... options) {
    try (QemuMonitor qemu = QemuMonitor.start(emulated, options)) {
      return "no failure: " + qemu.stderr();
    } catch (Exception refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @Test
  void coldPluggedDeviceIsReleasedWhenQemuEnds() throws Exception {
    try (QemuMonitor qemu =
        QemuMonitor.start(
            emulated, "-accel", "kvm", "-cpu", "host", "-device", "vfio-ap,sysfsdev=" + PATH)) {
      assertThat(host.sysfs().read(QUEUE + "/status")).isEqualTo("in use\n");
      assertThat(qemu.stderr()).isEmpty();
    }
    assertThat(host.sysfs().read(QUEUE + "/status")).isEqualTo("assigned\n");
  }

  @Test
  void featuresOfTheCommandLineReachTheGuest() throws Exception {
    try (QemuMonitor qemu = start("gen15a,ap=on,apqci=on,apqi=on");
        QmpClient client = qemu.connect()) {
      client.execute("device_add", DEVICE);

      assertThat(emulated.guest().features())
          .isEqualTo(EnumSet.of(CpuFeature.AP, CpuFeature.APQCI, CpuFeature.APQI));
      assertThat(host.inside(emulated.guest()).sysfs().exists("/sys/bus/ap")).isTrue();
      assertThat(host.inside(emulated.guest()).sysfs().exists(QUEUE)).isFalse();
    }
  }

  @Test
  void refusesAnMdevThatAnotherGuestHas() throws Exception {
    try (var other = host.open(MDEV, host.guest("other"));
        QemuMonitor qemu = start("host");
        QmpClient client = qemu.connect()) {
      assertThatExceptionOfType(QemuError.class)
          .isThrownBy(() -> client.execute("device_add", DEVICE))
          .withMessage("failed to open /dev/vfio/0: Device or resource busy");
      assertThat(other.uuid()).isEqualTo(MDEV);
    }
  }

  @Test
  void hasNoApBusWithoutTheFeature() throws Exception {
    try (QemuMonitor qemu = start("host,ap=off,apqci=off,apft=off,apqi=off");
        QmpClient client = qemu.connect()) {
      assertThatExceptionOfType(QemuError.class)
          .isThrownBy(() -> client.execute("device_add", DEVICE))
          .withMessage("No 'ap-bus' bus found for device 'vfio-ap'");
    }
  }
}
