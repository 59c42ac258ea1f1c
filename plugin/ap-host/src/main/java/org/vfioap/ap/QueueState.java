package org.vfioap.ap;

/** What is wrong with one queue of the machine, if anything. */
public enum QueueState {
  OK,
  /** The machine does not have it although both masks do. */
  ABSENT,
  CHECKSTOPPED,
  DECONFIGURED,
  /** The next reset finds another reset in progress; the one after it works. */
  RESET_BUSY_ONCE,
  /** Every reset finds another reset in progress. */
  RESET_STUCK,
  /** It cannot be bound to a guest under Secure Execution. */
  BIND_REFUSED,
  /** It cannot be associated with a secret of such a guest. */
  ASSOCIATION_REFUSED,
  /** An association with a secret does not end until the queue gets another state. */
  ASSOCIATION_PENDING
}
