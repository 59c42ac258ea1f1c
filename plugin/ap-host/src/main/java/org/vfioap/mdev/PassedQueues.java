package org.vfioap.mdev;

import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.ap.ApqnSet;
import org.vfioap.ap.ResponseCode;

/**
 * The queues that are bound to vfio_ap: which there are, whether their last reset worked, and what
 * of an mdev's matrix they let a guest have.
 *
 * <p>Source: the document, "Configure the guest's AP resources"; Linux 6.1 vfio_ap_ops.c.
 */
final class PassedQueues {
  private final ApInstructions hardware;
  private final ApqnSet bound = ApqnSet.create();
  private final ApqnSet usable = ApqnSet.create();
  private ApConfig config;

  PassedQueues(ApInstructions hardware) {
    this.hardware = hardware;
    config = hardware.queryConfiguration().orElse(ApConfig.UNKNOWN);
  }

  ApConfig config() {
    return config;
  }

  void config(ApConfig now) {
    config = now;
  }

  void bind(int adapter, int domain) {
    bound.add(adapter, domain);
    usable.add(adapter, domain);
  }

  void unbind(int adapter, int domain) {
    bound.remove(adapter, domain);
    usable.remove(adapter, domain);
  }

  /**
   * Resets a queue, once more if another reset was in progress.
   *
   * @return whether it worked; if not, the queue is kept from guests until a later reset works
   */
  boolean reset(int adapter, int domain) {
    ResponseCode response = hardware.reset(adapter, domain);
    if (response == ResponseCode.RESET_IN_PROGRESS) {
      response = hardware.reset(adapter, domain);
    }
    if (response == ResponseCode.NORMAL) {
      usable.add(adapter, domain);
    } else {
      usable.remove(adapter, domain);
    }
    return response == ResponseCode.NORMAL;
  }

  /** Resets all bound queues of the product, whatever becomes of each; tells whether all worked. */
  boolean resetAll(ApMask adapters, ApMask domains) {
    boolean worked = true;
    for (int a = adapters.next(0); a >= 0; a = adapters.next(a + 1)) {
      ApMask queues = bound.row(a).and(domains);
      for (int d = queues.next(0); d >= 0; d = queues.next(d + 1)) {
        worked &= reset(a, d);
      }
    }
    return worked;
  }

  /**
   * Returns what of the assigned adapters and usage domains a guest may have: only what is in the
   * host's AP configuration, and of the adapters only those all of whose queues can be passed
   * through, since the architecture cannot leave out a single APQN.
   */
  ApMatrix filter(ApMatrix assigned, ApMask controlDomains) {
    ApMask domains = assigned.domains().and(config.domains());
    ApMask adapters = assigned.adapters().and(config.adapters());
    ApMask passed = adapters;
    for (int a = adapters.next(0); a >= 0; a = adapters.next(a + 1)) {
      if (!usable.hasAll(a, domains)) {
        passed = passed.without(a);
      }
    }
    return new ApMatrix(passed, domains, controlDomains);
  }

  /** Returns the control domains that a guest may have: those in the host's AP configuration. */
  ApMask filterControlDomains(ApMatrix assigned) {
    return assigned.controlDomains().and(config.controlDomains());
  }
}
