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
  RESET_STUCK
}
