package org.vfioap.mdev;

import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRule;
import org.vfioap.kernel.KernelRules;

/**
 * What vfio_ap tells the program that has an mdev open: the interrupts of VFIO_DEVICE_SET_IRQS.
 *
 * <p>Source: Linux include/uapi/linux/vfio.h, VFIO_AP_REQ_IRQ_INDEX and VFIO_AP_CFG_CHG_IRQ_INDEX.
 */
@SuppressWarnings("ImmutableEnumChecker") // a rule never changes once the table is built
public enum MdevSignal {
  /** Somebody removes the mdev and waits: the program is to close it. */
  REQUEST("req", KernelRules.REMOVAL_REQUEST),
  /** The guest's AP configuration changed. */
  CONFIGURATION_CHANGED("cfg", KernelRules.CONFIG_CHANGED_EVENT);

  private final String label;
  private final KernelRule<Boolean> rule;

  MdevSignal(String label, KernelRule<Boolean> rule) {
    this.label = label;
    this.rule = rule;
  }

  /** Returns the word for it in scenario files. */
  public String label() {
    return label;
  }

  /** Tells whether a kernel sends it. */
  public boolean isKnownTo(KernelProfile profile) {
    return profile.has(rule);
  }
}
