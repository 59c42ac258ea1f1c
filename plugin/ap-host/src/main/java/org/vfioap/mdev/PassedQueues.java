package org.vfioap.mdev;

import java.util.ArrayList;
import java.util.List;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.ApqnSet;

/**
 * The queues that are bound to vfio_ap, and what of an mdev's matrix they let a guest have.
 *
 * <p>Source: the document, "Configure the guest's AP resources"; Linux 6.1 vfio_ap_ops.c.
 */
final class PassedQueues {
  private final Resets resets;
  private final ApqnSet bound = ApqnSet.create();
  private ApConfig config;

  PassedQueues(ApInstructions hardware, Resets resets) {
    this.resets = resets;
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
    resets.bind(adapter, domain);
  }

  void unbind(int adapter, int domain) {
    bound.remove(adapter, domain);
    resets.unbind(adapter, domain);
  }

  /** Resets all bound queues of the product, whatever becomes of each; tells whether all worked. */
  boolean resetAll(ApMask adapters, ApMask domains) {
    List<Apqn> queues = new ArrayList<>();
    for (int a = adapters.next(0); a >= 0; a = adapters.next(a + 1)) {
      ApMask row = bound.row(a).and(domains);
      for (int d = row.next(0); d >= 0; d = row.next(d + 1)) {
        queues.add(Apqn.of(a, d));
      }
    }
    return resets.reset(queues);
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
      if (!resets.allPassable(a, domains)) {
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
