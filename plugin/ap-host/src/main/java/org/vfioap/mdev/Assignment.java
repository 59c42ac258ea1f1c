package org.vfioap.mdev;

import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.bus.ApBus;
import org.vfioap.bus.MaskSyntax;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.NumberSyntax;

/**
 * What happens when something is written to the assign and unassign files of an mdev.
 *
 * <p>Checks come in this order: the number (EINVAL, ERANGE), the maximum (ENODEV), already assigned
 * (done), reserved for the host (EADDRNOTAVAIL), another mdev has it (EBUSY in the document,
 * EADDRINUSE in kernels). Then the matrix is filtered, and what remains goes into the guest's APCB.
 *
 * <p>Source: the document, "In order to successfully assign an adapter" and "Hot plug support";
 * Linux 6.1 vfio_ap_ops.c.
 */
final class Assignment {
  /** What {@code ap_config} looks at: three masks, their separators, and one byte more. */
  private static final int AP_CONFIG_LENGTH = 201;

  private final Kernel kernel;
  private final ApBus bus;
  private final MdevsLock lock;
  private final MdevList mdevs;
  private final PassedQueues queues;

  Assignment(ApBus bus, MdevsLock lock, MdevList mdevs, PassedQueues queues) {
    kernel = bus.kernel();
    this.bus = bus;
    this.lock = lock;
    this.mdevs = mdevs;
    this.queues = queues;
  }

  void assignAdapter(MatrixMdev mdev, String text) {
    changeMatrix(mdev, () -> assignAdapter(mdev, number(text, mdev.lastAdapter(), "adapter")));
  }

  void assignDomain(MatrixMdev mdev, String text) {
    changeMatrix(mdev, () -> assignDomain(mdev, number(text, mdev.lastDomain(), "domain")));
  }

  /** Runs a change that relies on apmask and aqmask as they are. */
  private void changeMatrix(MatrixMdev mdev, Runnable change) {
    bus.masks()
        .whileUnchanged(
            kernel.profile().get(KernelRules.ASSIGN_DURING_MASK_WRITE),
            () -> lock.run(() -> ifUsable(mdev, change)));
  }

  private static void ifUsable(MatrixMdev mdev, Runnable change) {
    if (!mdev.isUsable()) {
      throw KernelRefusal.of(Errno.ENODEV, "mdev " + mdev + " is being removed");
    }
    change.run();
  }

  private static int number(String text, int last, String what) {
    long number = NumberSyntax.parseUnsigned(text);
    if (Long.compareUnsigned(number, last) > 0) {
      throw KernelRefusal.of(
          Errno.ENODEV,
          what + " " + Long.toUnsignedString(number) + " is above the maximum " + last);
    }
    return (int) number;
  }

  private void assignAdapter(MatrixMdev mdev, int adapter) {
    ApMatrix before = mdev.assigned();
    if (!before.adapters().has(adapter)) {
      ApMask added = ApMask.of(adapter);
      claim(mdev, added, before.domains());
      mdev.assigned(before.withAdapters(before.adapters().or(added)));
      plug(mdev, true, false);
    }
  }

  private void assignDomain(MatrixMdev mdev, int domain) {
    ApMatrix before = mdev.assigned();
    if (!before.domains().has(domain)) {
      ApMask added = ApMask.of(domain);
      claim(mdev, before.adapters(), added);
      mdev.assigned(before.withDomains(before.domains().or(added)));
      plug(mdev, true, false);
    }
  }

  /** Takes the new APQNs for the mdev, or refuses and leaves everything as it was. */
  private void claim(MatrixMdev mdev, ApMask adapters, ApMask domains) {
    refuseReserved(adapters, domains);
    refuseShared(mdev, adapters, domains);
    mdevs.take(adapters, domains);
  }

  private void refuseReserved(ApMask adapters, ApMask domains) {
    for (int a = adapters.next(0); a >= 0; a = adapters.next(a + 1)) {
      ApMask reserved = bus.reserved(a).and(domains);
      if (!reserved.isEmpty()) {
        throw KernelRefusal.of(
            Errno.EADDRNOTAVAIL,
            "domains " + reserved.ranges() + " of adapter " + a + " belong to the host's drivers");
      }
    }
  }

  private void refuseShared(MatrixMdev mdev, ApMask adapters, ApMask domains) {
    if (mdevs.isTaken(adapters, domains)) {
      mdevs.logConflicts(
          adapters, domains, kernel.profile().get(KernelRules.ASSIGN_CONFLICT), mdev.uuid());
      throw KernelRefusal.of(
          kernel.profile().get(KernelRules.SHARED_APQN),
          "an APQN is assigned to another mediated device; the kernel log names it");
    }
  }

  /**
   * Filters anew what the mdev has, and gives the guest in one step what remains.
   *
   * @param matrix whether adapters and usage domains are looked at
   * @param controlDomains whether control domains are looked at
   */
  void plug(MatrixMdev mdev, boolean matrix, boolean controlDomains) {
    ApMatrix assigned = mdev.assigned();
    ApMatrix before = mdev.guestMatrix();
    ApMatrix now = matrix ? queues.filter(assigned, before.controlDomains()) : before;
    if (controlDomains) {
      now = now.withControlDomains(queues.filterControlDomains(assigned));
    }
    mdev.guestMatrix(now);
    resetFiltered(mdev, before, now);
  }

  /** Since 6.8 the queues of an adapter that filtering takes from a guest are reset. */
  private void resetFiltered(MatrixMdev mdev, ApMatrix before, ApMatrix now) {
    if (kernel.profile().has(KernelRules.RESET_OF_FILTERED)) {
      ApMask filtered = before.adapters().minus(now.adapters()).and(mdev.assigned().adapters());
      queues.resetAll(filtered.and(queues.config().adapters()), now.domains());
    }
  }

  void unassignAdapter(MatrixMdev mdev, String text) {
    int adapter = number(text, mdev.lastAdapter(), "adapter");
    if (mdev.assigned().adapters().has(adapter)) {
      unplugAdapters(mdev, ApMask.of(adapter));
    }
  }

  void unassignDomain(MatrixMdev mdev, String text) {
    int domain = number(text, mdev.lastDomain(), "domain");
    if (mdev.assigned().domains().has(domain)) {
      unplugDomains(mdev, ApMask.of(domain));
    }
  }

  /** What the guest had is taken out of its APCB before it is reset. */
  private void unplugAdapters(MatrixMdev mdev, ApMask adapters) {
    ApMatrix assigned = mdev.assigned();
    ApMatrix guest = mdev.guestMatrix();
    mdevs.release(adapters, assigned.domains());
    mdev.assigned(assigned.withAdapters(assigned.adapters().minus(adapters)));
    mdev.guestMatrix(guest.withAdapters(guest.adapters().minus(adapters)));
    queues.resetAll(guest.adapters().and(adapters), guest.domains());
  }

  private void unplugDomains(MatrixMdev mdev, ApMask domains) {
    ApMatrix assigned = mdev.assigned();
    ApMatrix guest = mdev.guestMatrix();
    mdevs.release(assigned.adapters(), domains);
    mdev.assigned(assigned.withDomains(assigned.domains().minus(domains)));
    mdev.guestMatrix(guest.withDomains(guest.domains().minus(domains)));
    queues.resetAll(guest.adapters(), guest.domains().and(domains));
  }

  void assignControlDomain(MatrixMdev mdev, String text) {
    int domain = number(text, mdev.lastDomain(), "control domain");
    ApMatrix before = mdev.assigned();
    if (!before.controlDomains().has(domain)) {
      mdev.assigned(before.withControlDomains(before.controlDomains().with(domain)));
      plug(mdev, false, true);
    }
  }

  void unassignControlDomain(MatrixMdev mdev, String text) {
    int domain = number(text, mdev.lastDomain(), "control domain");
    ApMatrix before = mdev.assigned();
    mdev.assigned(before.withControlDomains(before.controlDomains().without(domain)));
    ApMatrix guest = mdev.guestMatrix();
    mdev.guestMatrix(guest.withControlDomains(guest.controlDomains().without(domain)));
  }

  /** Replaces the whole configuration of an mdev, or refuses and leaves it as it was (6.10). */
  void configure(MatrixMdev mdev, String text) {
    changeMatrix(mdev, () -> configure(mdev, parseConfig(text)));
  }

  private static ApMatrix parseConfig(String text) {
    String head = text.substring(0, Math.min(text.length(), AP_CONFIG_LENGTH));
    String[] fields = head.split("[,\n]", -1);
    if (fields.length < 3) {
      throw KernelRefusal.of(
          Errno.EINVAL, "ap_config '" + text.strip() + "' is not three masks with commas");
    }
    return new ApMatrix(
        MaskSyntax.absolute(fields[0]),
        MaskSyntax.absolute(fields[1]),
        MaskSyntax.absolute(fields[2]));
  }

  private void configure(MatrixMdev mdev, ApMatrix wanted) {
    ApMatrix before = mdev.assigned();
    refuseReserved(wanted.adapters(), wanted.domains());
    withoutOwn(mdev, before, () -> refuseShared(mdev, wanted.adapters(), wanted.domains()));
    refuseAboveMaximum(mdev, wanted);
    unplugAdapters(mdev, before.adapters().minus(wanted.adapters()));
    unplugDomains(mdev, before.domains().minus(wanted.domains()));
    mdevs.take(wanted.adapters(), wanted.domains());
    mdev.assigned(wanted);
    plug(mdev, true, true);
  }

  /** Looks at what is taken as if this mdev had nothing. */
  private void withoutOwn(MatrixMdev mdev, ApMatrix own, Runnable look) {
    mdevs.release(own.adapters(), own.domains());
    mdev.assigned(ApMatrix.EMPTY);
    try {
      look.run();
    } finally {
      mdev.assigned(own);
      mdevs.take(own.adapters(), own.domains());
    }
  }

  private static void refuseAboveMaximum(MatrixMdev mdev, ApMatrix wanted) {
    ApMask adapters = wanted.adapters().minus(ApMask.range(0, mdev.lastAdapter()));
    ApMask domains =
        wanted.domains().or(wanted.controlDomains()).minus(ApMask.range(0, mdev.lastDomain()));
    if (!adapters.isEmpty() || !domains.isEmpty()) {
      throw KernelRefusal.of(
          Errno.ENODEV,
          "above the maximum: adapters '"
              + adapters.ranges()
              + "', domains '"
              + domains.ranges()
              + "'");
    }
  }
}
