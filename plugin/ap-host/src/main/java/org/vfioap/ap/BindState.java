package org.vfioap.ap;

/**
 * How far a guest under Secure Execution has come with a queue: the BS field of TAPQ.
 *
 * <p>Source: Linux 6.12 arch/s390/include/asm/ap.h.
 */
public enum BindState {
  /** Bound, and associated with a secret where the queue needs one; any queue of other systems. */
  USABLE,
  /** Bound, but not associated with a secret: no secure keys yet. */
  USABLE_NO_SECURE_KEY,
  AVAILABLE_FOR_BINDING,
  /** Queues of a kind that Secure Execution does not support. */
  UNUSABLE;

  /** Tells whether the queue is bound. */
  public boolean isBound() {
    return this == USABLE || this == USABLE_NO_SECURE_KEY;
  }
}
