package org.vfioap.mdev;

import java.util.Locale;
import java.util.Optional;
import org.vfioap.ap.Facility;

/**
 * The CPU model features for AP.
 *
 * <p>Source: the document, "The CPU model features for AP".
 */
public enum CpuFeature {
  /** AP instructions are available to the guest. */
  AP(null),
  /** Facility bit 12: query configuration information. */
  APQCI(Facility.QCI),
  /** Facility bit 15: facilities test. Without it a guest sees no AP devices. */
  APFT(Facility.APFT),
  /** Facility bit 65: queue interrupts. */
  APQI(Facility.APQI);

  private final Optional<Facility> facility;

  CpuFeature(@org.jspecify.annotations.Nullable Facility facility) {
    this.facility = Optional.ofNullable(facility);
  }

  /** Returns the facility that the host must have to give it, if any. */
  public Optional<Facility> facility() {
    return facility;
  }

  /** Returns the name in {@code -cpu host,apqci=on}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
