package org.vfioap.ap;

import java.util.List;

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
  APQI,
  /** Special command control: special commands of CCA may be enabled per queue. */
  APSC,
  /** Response code 8A: queues may answer that a reset is needed before the next request. */
  RC8A,
  /** Secure binding: queues may be bound to guests under Secure Execution. */
  APSB;

  /** What the answer of QCI tells, in the order of the bus attribute {@code features}. */
  public static final List<Facility> TOLD_BY_QCI = List.of(APSC, APXA, QACT, RC8A, APSB);
}
