package org.vfioap.mdev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vfioap.host.ApHost;
import org.vfioap.lab.Machines;

/** A host with 20,000 mdevs: a look at one takes as long as with one. */
class ManyMdevsTest {
  private static final int MANY = 20_000;

  private final ApHost host = ApHost.builder().hardware(Machines.document()).boot();

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void findsEachByItsNumber() {
    for (int i = 0; i < MANY; i++) {
      host.sysfs()
          .write(
              "/sys/devices/vfio_ap/matrix/mdev_supported_types/vfio_ap-passthrough/create",
              new UUID(0, i) + "\n");
    }

    for (int i = 0; i < MANY; i++) {
      assertThat(host.sysfs().readLink("/sys/class/vfio/" + i))
          .isEqualTo("../../devices/virtual/vfio/" + i);
      assertThat(host.sysfs().exists("/sys/kernel/iommu_groups/" + i)).isTrue();
    }
    assertThat(host.sysfs().exists("/sys/kernel/iommu_groups/" + MANY)).isFalse();
    assertThat(host.sysfs().exists("/sys/kernel/iommu_groups/07")).isFalse();
  }
}
