package org.vfioap.ap;

/**
 * What a PQAP instruction answers for one queue.
 *
 * <p>Source: Linux 6.1 arch/s390/include/asm/ap.h.
 */
public enum ResponseCode {
  NORMAL,
  Q_NOT_AVAIL,
  RESET_IN_PROGRESS,
  DECONFIGURED,
  CHECKSTOPPED;

  /** Tells whether the answer carries the type and the functions of the queue. */
  public boolean carriesInfo() {
    return this != Q_NOT_AVAIL;
  }
}
