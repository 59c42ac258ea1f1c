package org.vfioap.vm;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/** The IOMMU groups of a host, each of one mdev, and which of them a process holds. */
final class Groups {
  private static final String GROUPS = "/sys/kernel/iommu_groups";

  private final ApHost host;
  private final Set<String> held = new HashSet<>();

  Groups(ApHost host) {
    this.host = host;
  }

  List<String> numbers() {
    return host.sysfs().exists(GROUPS) ? host.sysfs().list(GROUPS) : List.of();
  }

  boolean exists(String number) {
    return !number.contains("/") && host.sysfs().exists(GROUPS + "/" + number);
  }

  /** Gives the group to the caller alone and returns the UUID of its mdev. */
  synchronized String take(String number) {
    List<String> devices = host.sysfs().list(GROUPS + "/" + number + "/devices");
    if (devices.isEmpty()) {
      throw KernelRefusal.of(Errno.ENODEV, "group " + number + " has no device");
    }
    if (!held.add(number)) {
      throw KernelRefusal.of(Errno.EBUSY, "group " + number + " is open already");
    }
    return devices.get(0);
  }

  synchronized void release(String number) {
    held.remove(number);
  }
}
