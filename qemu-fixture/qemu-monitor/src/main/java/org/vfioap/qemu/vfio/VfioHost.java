package org.vfioap.qemu.vfio;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.vfioap.qemu.cpu.Accelerator;
import org.vfioap.qemu.host.Errno;

/** The host that QEMU runs on, as far as a vfio-ap device can tell. */
public interface VfioHost {
  /** The type of object that makes a guest one under Secure Execution. */
  String SECURE_GUEST = "s390-pv-guest";

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

  /**
   * Learns which guest runs here, before its first device is plugged; a QEMU without a machine has
   * none.
   *
   * @param name the guest's name; empty if it has none
   * @param uuid the guest's UUID; empty if it has none
   * @param features returns the CPU features ap, apqci, apft and apqi that it has
   */
  default void guestRuns(String name, String uuid, Supplier<Set<String>> features) {}

  /** Learns that the QEMU has no machine, and so no guest. */
  default void noGuestRuns() {}

  /**
   * Passes on what the Linux in the guest asks of its machine from now on: {@code reboot} or {@code
   * poweroff}.
   *
   * @param listener is called in a thread of the host's
   */
  default void watchGuest(Consumer<String> listener) {}

  /**
   * Learns that the guest runs under Secure Execution, before anything else about it: {@code
   * -machine confidential-guest-support=ID} names an object of type s390-pv-guest.
   */
  default void secureExecution() {}

  /**
   * Says whether QEMU has an object type because of this host: s390-pv-guest where there is KVM.
   * Source: hw/s390x/pv.c of QEMU 7.2, which is built for KVM alone.
   */
  default boolean offers(String objectType) {
    return objectType.equals(SECURE_GUEST) && kvm().isPresent();
  }

  /** Learns that the machine was reset, its devices too, so that the guest boots. */
  default void guestBoots() {}

  /**
   * Looks whether there is something at {@code path}, as stat does.
   *
   * @throws HostRefusal if there is not
   */
  default void look(String path) throws HostRefusal {
    MountedHost.stat(path);
  }

  /** Says whether there is /dev/iommu. */
  default boolean hasIommu() {
    return false;
  }

  /**
   * Returns the name of the device's node below {@code /dev/vfio/devices}; empty if the kernel
   * names none.
   *
   * @throws HostRefusal if the folder {@code vfio-dev} below {@code sysfsdev} cannot be read
   */
  default Optional<String> node(String sysfsdev) throws HostRefusal {
    return MountedHost.firstNode(sysfsdev);
  }

  /**
   * Opens {@code /dev/vfio/devices/NODE}.
   *
   * @throws HostRefusal if it does not exist or is in use
   */
  default VfioGroup openNode(String node) throws HostRefusal {
    throw HostRefusal.errno(Errno.ENOENT.number());
  }

  /** Returns what {@code -accel tcg} gives on this host. */
  Accelerator tcg();

  /** Returns what {@code -accel kvm} gives, if this host has KVM. */
  Optional<Accelerator> kvm();
}
