package org.vfioap.qemu.vfio;

import org.vfioap.qemu.cpu.Accelerator;

/** The host that QEMU runs on, as far as a vfio-ap device can tell. */
public interface VfioHost {
  /**
   * Returns the text of the link {@code iommu_group} below {@code sysfsdev}.
   *
   * @throws HostRefusal if it cannot be read
   */
  String iommuGroupLink(String sysfsdev) throws HostRefusal;

  /**
   * Opens {@code /dev/vfio/GROUP}.
   *
   * @throws HostRefusal if it does not exist or is in use
   */
  VfioGroup openGroup(int group) throws HostRefusal;

  /** Returns what {@code -accel tcg} gives on this host. */
  Accelerator tcg();

  /** Returns what {@code -accel kvm} gives, if this host has KVM. */
  java.util.Optional<Accelerator> kvm();
}
