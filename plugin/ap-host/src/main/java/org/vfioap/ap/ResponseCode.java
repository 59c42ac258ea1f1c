package org.vfioap.ap;

/**
 * What a PQAP instruction answers for one queue.
 *
 * <p>Source: Linux 6.1 arch/s390/include/asm/ap.h.
 */
public enum ResponseCode {
  NORMAL(0),
  Q_NOT_AVAIL(1),
  RESET_IN_PROGRESS(2),
  DECONFIGURED(3),
  CHECKSTOPPED(4);

  private final int number;

  ResponseCode(int number) {
    this.number = number;
  }

  /** Returns the number in the status word. */
  public int number() {
    return number;
  }

  /** Tells whether the answer carries the type and the functions of the queue. */
  public boolean carriesInfo() {
    return this != Q_NOT_AVAIL;
  }
}
