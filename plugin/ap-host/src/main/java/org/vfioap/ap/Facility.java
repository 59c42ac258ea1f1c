package org.vfioap.ap;

/** AP facilities that a machine has installed or lacks. */
public enum Facility {
  /** Query configuration information, STFL bit 12. */
  QCI,
  /** Facilities test, STFL bit 15: TAPQ with the T bit tells the functions. */
  APFT,
  /** Extended addressing: adapters and domains beyond 63 and 15. */
  APXA,
  /** Query the compatible type of an unknown adapter. */
  QACT,
  /** Queue interruptions, STFL bit 65. */
  APQI
}
