package org.vfioap.lab;

import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.QueueState;

/** Hardware that several tests share. */
public final class Machines {
  private Machines() {}

  /**
   * Returns the host of the document's example, "Let's now provide an example": adapter 5 is a
   * CEX5C in CCA mode, adapter 6 a CEX5A accelerator, with domains 4, 0x47, 0xab and 0xff.
   */
  public static ApHardware document() {
    return cards(ApMask.of(5, 6), ApMask.of(4, 0x47, 0xab, 0xff))
        .adapter(AdapterId.of(6), Adapter.of(AdapterType.CEX5, AdapterMode.ACCELERATOR));
  }

  /** Returns a machine whose adapters are CEX5C and whose control domains are its domains. */
  public static ApHardware cards(ApMask adapters, ApMask domains) {
    return ApHardware.create().adapters(adapters).domains(domains).controlDomains(domains);
  }

  /** Gives the machine this type and mode for an adapter. */
  public static ApHardware with(
      ApHardware hardware, int adapter, AdapterType type, AdapterMode mode) {
    return hardware.adapter(AdapterId.of(adapter), Adapter.of(type, mode));
  }

  /** Puts a queue, {@code 05.0004}, into a state. */
  public static ApHardware with(ApHardware hardware, String queue, QueueState state) {
    return hardware.queue(Apqn.parse(queue), state);
  }
}
