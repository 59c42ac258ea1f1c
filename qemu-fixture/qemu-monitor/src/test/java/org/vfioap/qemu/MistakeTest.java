package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.cpu.Accelerator;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.vfio.DescribedHost;
import org.vfioap.qemu.vfio.VfioGroup;
import org.vfioap.qemu.vfio.VfioHost;

/** A guest whose host has a programmer's mistake in it. */
class MistakeTest {
  private static final String TEXT =
      "mistake of the emulator, please report it: java.lang.IllegalStateException: broken";

  @Test
  void isAnsweredAndTheGuestLivesOn() throws Exception {
    JsonObject device = JsonObject.of("driver", "vfio-ap").with("sysfsdev", "/m/u1");
    try (QemuMonitor guest = start();
        QmpClient client = guest.connect()) {
      assertThatExceptionOfType(QemuError.class)
          .isThrownBy(() -> client.execute("device_add", device))
          .withMessage(TEXT);
      assertThat(client.execute("query-status").toJson()).contains("prelaunch");
    }
  }

  @Test
  void isPrintedForPeopleAndTheGuestLivesOn() throws Exception {
    JsonObject line = JsonObject.of("command-line", "device_add vfio-ap,sysfsdev=/m/u1");
    try (QemuMonitor guest = start();
        QmpClient client = guest.connect()) {
      assertThat(client.execute("human-monitor-command", line).toJson())
          .isEqualTo("\"Error: " + TEXT + "\\r\\n\"");
      assertThat(client.execute("query-status").toJson()).contains("prelaunch");
    }
  }

  private static QemuMonitor start() throws Exception {
    return QemuMonitor.start(new BrokenHost(), "-machine", "s390-ccw-virtio", "-cpu", "max", "-S");
  }

  private static final class BrokenHost implements VfioHost {
    private final VfioHost whole = DescribedHost.parse("{'groups': []}");

    @Override
    public String iommuGroupLink(String sysfsdev) {
      throw new IllegalStateException("broken");
    }

    @Override
    public VfioGroup openGroup(int group) {
      throw new IllegalStateException("broken");
    }

    @Override
    public Accelerator tcg() {
      return whole.tcg();
    }

    @Override
    public Optional<Accelerator> kvm() {
      return whole.kvm();
    }
  }
}
