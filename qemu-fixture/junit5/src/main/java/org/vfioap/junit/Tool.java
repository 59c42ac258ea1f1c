package org.vfioap.junit;

import java.util.Locale;

/** Programs that a test may need. */
public enum Tool {
  /** virsh of libvirt-clients. */
  VIRSH,
  /** libvirtd. */
  LIBVIRTD,
  /** mdevctl. */
  MDEVCTL,
  /** lszcrypt of s390-tools. */
  LSZCRYPT,
  /** udevadm. */
  UDEVADM;

  /** Returns the name of the program. */
  public String program() {
    return name().toLowerCase(Locale.ROOT);
  }
}
