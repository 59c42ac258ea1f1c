package org.vfioap.vm;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.KernelRules;
import org.vfioap.mdev.MdevSignal;

/** The IOMMU groups of a host, each of one mdev, and which of them a process holds. */
final class Groups {
  private static final String GROUPS = "/sys/kernel/iommu_groups";

  private static final String DEVICES = "/sys/class/vfio-dev";

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

  /** Returns the names of the nodes below {@code devices}, where the kernel has them. */
  List<String> devices() {
    return hasDevices() && host.sysfs().exists(DEVICES) ? host.sysfs().list(DEVICES) : List.of();
  }

  boolean hasDevices() {
    return host.profile().has(KernelRules.VFIO_CDEV);
  }

  /** Returns the group of a device, or nothing if there is no such device. */
  Optional<String> groupOf(String device) {
    if (device.contains("/") || !devices().contains(device)) {
      return Optional.empty();
    }
    String group = host.sysfs().readLink(DEVICES + "/" + device + "/device/iommu_group");
    return Optional.of(group.substring(group.lastIndexOf('/') + 1));
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

  /** Returns how many signals the kernel has for an mdev's user. */
  long signals() {
    return Stream.of(MdevSignal.values())
        .filter(signal -> signal.isKnownTo(host.profile()))
        .count();
  }

  synchronized void release(String number) {
    held.remove(number);
  }
}
