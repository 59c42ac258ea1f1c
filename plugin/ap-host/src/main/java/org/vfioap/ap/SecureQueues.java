package org.vfioap.ap;

/**
 * The instructions that a guest under Secure Execution has beside those of {@link ApInstructions}.
 *
 * <p>Implementations are safe for use by several threads and never call back. Source: Linux 6.12
 * arch/s390/include/asm/ap.h, ap_bapq, ap_aapq, ap_rapq.
 */
public interface SecureQueues {
  /** Returns the bind state that TAPQ tells; of a queue that is not there {@code USABLE}, zero. */
  BindState state(int adapter, int domain);

  /** Executes PQAP(BAPQ), which binds a queue to the guest; false if the machine refuses. */
  boolean bind(int adapter, int domain);

  /**
   * Executes PQAP(AAPQ), which begins to associate a bound queue with a secret of the guest; false
   * if the machine refuses. {@link #state} tells when it is done.
   *
   * @param secret index of the secret
   */
  boolean associate(int adapter, int domain, int secret);

  /**
   * Executes PQAP(RAPQ).
   *
   * @param unbind the F bit: ends binding and association, which the guest's resets otherwise leave
   */
  ResponseCode reset(int adapter, int domain, boolean unbind);
}
