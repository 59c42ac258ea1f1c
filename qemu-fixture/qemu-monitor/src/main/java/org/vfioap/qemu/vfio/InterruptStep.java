package org.vfioap.qemu.vfio;

import java.util.Locale;

/** What QEMU asks about an interrupt of a vfio device. */
public enum InterruptStep {
  /** VFIO_DEVICE_GET_IRQ_INFO. */
  IRQ_INFO,
  /** Its answer has a count above zero. */
  IRQ_COUNT,
  /** VFIO_DEVICE_SET_IRQS with a file descriptor. */
  SET_IRQS,
  /** VFIO_DEVICE_SET_IRQS without one. */
  CLEAR_IRQS;

  /** Returns the name in descriptions of faults. */
  String faultName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
