package org.vfioap.mdev;

import java.util.function.UnaryOperator;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.bus.ApMasks;
import org.vfioap.bus.MaskSyntax;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelProfile.Addition;
import org.vfioap.kernel.KernelRefusal;
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
  private final ApMasks masks;
  private final MdevList mdevs;
  private final PassedQueues queues;

  Assignment(Kernel kernel, ApMasks masks, MdevList mdevs, PassedQueues queues) {
    this.kernel = kernel;
    this.masks = masks;
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
    masks.whileUnchanged(
        kernel.profile().assignDuringMaskWrite(),
        () -> kernel.lock().run(() -> ifUsable(mdev, change)));
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
      plug(mdev);
    }
  }

  private void assignDomain(MatrixMdev mdev, int domain) {
    ApMatrix before = mdev.assigned();
    if (!before.domains().has(domain)) {
      ApMask added = ApMask.of(domain);
      claim(mdev, before.adapters(), added);
      mdev.assigned(before.withDomains(before.domains().or(added)));
      plug(mdev);
    }
  }

  /** Takes the new APQNs for the mdev, or refuses and leaves everything as it was. */
  private void claim(MatrixMdev mdev, ApMask adapters, ApMask domains) {
    refuseReserved(adapters, domains);
    refuseShared(mdev, adapters, domains);
    mdevs.take(adapters, domains);
  }

  private void refuseReserved(ApMask adapters, ApMask domains) {
    if (masks.reservesAny(adapters, domains)) {
      throw KernelRefusal.of(
          Errno.EADDRNOTAVAIL,
          "apmask and aqmask reserve an APQN of adapters "
              + adapters.and(masks.adapters()).ranges()
              + " and domains "
              + domains.and(masks.domains()).ranges()
              + " for the host's drivers");
    }
  }

  private void refuseShared(MatrixMdev mdev, ApMask adapters, ApMask domains) {
    if (mdevs.isTaken(adapters, domains)) {
      mdevs.logConflicts(adapters, domains, kernel.profile().assignConflict(), mdev.uuid());
      throw KernelRefusal.of(
          kernel.profile().sharedApqn(),
          "an APQN is assigned to another mediated device; the kernel log names it");
    }
  }

  /** Filters adapters and usage domains anew and gives the guest what remains. */
  void plug(MatrixMdev mdev) {
    ApMatrix before = mdev.guestMatrix();
    ApMatrix now = queues.filter(mdev.assigned(), before.controlDomains());
    if (!now.equals(before)) {
      mdev.guestMatrix(now);
      resetFiltered(mdev, before, now);
    }
  }

  /** Since 6.8 the queues of an adapter that filtering takes from a guest are reset. */
  private void resetFiltered(MatrixMdev mdev, ApMatrix before, ApMatrix now) {
    if (kernel.profile().has(Addition.RESET_OF_FILTERED)) {
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
      plugControlDomains(mdev);
    }
  }

  void plugControlDomains(MatrixMdev mdev) {
    changeGuest(
        mdev, guest -> guest.withControlDomains(queues.filterControlDomains(mdev.assigned())));
  }

  void unassignControlDomain(MatrixMdev mdev, String text) {
    int domain = number(text, mdev.lastDomain(), "control domain");
    ApMatrix before = mdev.assigned();
    mdev.assigned(before.withControlDomains(before.controlDomains().without(domain)));
    changeGuest(mdev, guest -> guest.withControlDomains(guest.controlDomains().without(domain)));
  }

  private static void changeGuest(MatrixMdev mdev, UnaryOperator<ApMatrix> change) {
    ApMatrix before = mdev.guestMatrix();
    ApMatrix now = change.apply(before);
    if (!now.equals(before)) {
      mdev.guestMatrix(now);
    }
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
    plug(mdev);
    plugControlDomains(mdev);
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
