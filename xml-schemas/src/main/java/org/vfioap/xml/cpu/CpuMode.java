package org.vfioap.xml.cpu;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the model of a guest's CPU is chosen: the attribute {@code mode}. */
public enum CpuMode {
  /** By its name. */
  CUSTOM,
  /** As similar to the host's as can be named. */
  HOST_MODEL,
  /** The host's own. */
  HOST_PASSTHROUGH,
  /** With everything that the hypervisor can give. */
  MAXIMUM;

  /** Returns the value of the attribute. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<CpuMode> named(String label) {
    return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
  }

  /** Tells whether the model is what the host gives and has no name of its own. */
  boolean isNameless() {
    return this == HOST_PASSTHROUGH || this == MAXIMUM;
  }
}
