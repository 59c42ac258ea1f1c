package org.vfioap.host;

import java.util.Optional;

/**
 * What the kernel command line says about AP.
 *
 * @param apmask {@code ap.apmask=}, in any form that the mask file takes; applied to an empty mask
 * @param aqmask {@code ap.aqmask=}, likewise
 */
public record BootParameters(Optional<String> apmask, Optional<String> aqmask) {
  /** No parameters: both masks reserve everything for the host's drivers. */
  public static final BootParameters NONE = new BootParameters(Optional.empty(), Optional.empty());

  /** Returns both masks as given. */
  public static BootParameters of(String apmask, String aqmask) {
    return new BootParameters(Optional.of(apmask), Optional.of(aqmask));
  }
}
