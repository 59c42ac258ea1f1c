package org.vfioap.bus;

import java.util.Optional;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApMask;
import org.vfioap.sysfs.AttributeTable;

/**
 * What the AP bus asks of a driver: {@code struct ap_driver}.
 *
 * <p>All methods are called with the kernel's lock held.
 */
public interface ApDriver {
  /** Returns the name of the directory below {@code /sys/bus/ap/drivers}. */
  String driverName();

  /** Returns the kernel module that it is part of: the directory below {@code /sys/module}. */
  String module();

  /** Tells whether it is one of the host's own drivers, which the masks reserve queues for. */
  boolean isDefault();

  /** Tells whether the device is of a kind and type that the driver is registered for. */
  boolean matches(ApDevice device);

  /** Takes a device over; returns false (ENODEV) if it cannot. */
  boolean probe(ApDevice device);

  /** Gives a device up. */
  void remove(ApDevice device);

  /**
   * Tells whether any APQN of the product is in use, and logs which; called before a mask reserves
   * it for the host.
   */
  default boolean inUse(ApMask adapters, ApMask domains) {
    return false;
  }

  /** Learns that the host's AP configuration changed, before the scan looks at devices. */
  default void onConfigChanged(ApConfig before, ApConfig now) {}

  /** Returns the files that the driver adds to each of its queues, if any. */
  default Optional<AttributeTable<ApQueue>> files() {
    return Optional.empty();
  }

  /** Learns that the scan which followed a change of the configuration is done. */
  default void onScanComplete() {}
}
