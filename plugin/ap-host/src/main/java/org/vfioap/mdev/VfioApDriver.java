package org.vfioap.mdev;

import java.util.List;
import java.util.Optional;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.bus.ApBus;
import org.vfioap.bus.ApDevice;
import org.vfioap.bus.ApDriver;
import org.vfioap.bus.ApQueue;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelRules;
import org.vfioap.sysfs.Attribute;
import org.vfioap.sysfs.AttributeTable;

/**
 * The driver vfio_ap on the AP bus: queues come and go, and guests follow.
 *
 * <p>Source: Linux 6.1 vfio_ap_drv.c and the callbacks at the end of vfio_ap_ops.c.
 */
final class VfioApDriver implements ApDriver {
  private final Kernel kernel;
  private final ApInstructions hardware;
  private final MdevsLock lock;
  private final MdevList mdevs;
  private final PassedQueues queues;
  private final Assignment assignment;
  private final AttributeTable<ApQueue> files;

  VfioApDriver(
      ApBus bus, MdevsLock lock, MdevList mdevs, PassedQueues queues, Assignment assignment) {
    kernel = bus.kernel();
    hardware = bus.hardware();
    this.lock = lock;
    this.mdevs = mdevs;
    this.queues = queues;
    this.assignment = assignment;
    files =
        AttributeTable.of(
            lock, queue -> queue.driver() == this, List.of(Attribute.line("status", this::status)));
  }

  @Override
  public String driverName() {
    return "vfio_ap";
  }

  @Override
  public String module() {
    return "vfio_ap";
  }

  @Override
  public boolean isDefault() {
    return false;
  }

  /** Only queues of CEX4 and newer. */
  @Override
  public boolean matches(ApDevice device) {
    return device instanceof ApQueue && device.card().type().hasModes();
  }

  @Override
  public Optional<AttributeTable<ApQueue>> files() {
    return Optional.of(files);
  }

  private String status(ApQueue queue) {
    MatrixMdev mdev = mdevs.owner(queue.adapter(), queue.domain());
    if (mdev == null) {
      return "unassigned";
    }
    boolean passed =
        mdev.guest() != null && mdev.guestMatrix().has(queue.adapter(), queue.domain());
    return passed ? "in use" : "assigned";
  }

  @Override
  public boolean probe(ApDevice device) {
    lock.enter();
    ApQueue queue = (ApQueue) device;
    queues.bind(queue.adapter(), queue.domain());
    MatrixMdev mdev = mdevs.owner(queue.adapter(), queue.domain());
    // While new adapters or domains arrive the guest waits until all their queues have come.
    if (mdev != null && !mdev.hasArrivals()) {
      assignment.plug(mdev, true, false);
    }
    return true;
  }

  @Override
  public void remove(ApDevice device) {
    lock.enter();
    ApQueue queue = (ApQueue) device;
    int adapter = queue.adapter();
    int domain = queue.domain();
    MatrixMdev mdev = mdevs.owner(adapter, domain);
    ApMask plugged = mdev == null ? ApMask.NONE : unplug(mdev, adapter, domain);
    boolean withAdapter = kernel.profile().has(KernelRules.RESET_OF_FILTERED);
    ApMask own = isConfigured(adapter, domain) ? ApMask.of(domain) : ApMask.NONE;
    queues.resetAll(ApMask.of(adapter), withAdapter ? plugged.or(own) : own);
    queues.unbind(adapter, domain);
  }

  /** Newer kernels do not reset what the host's AP configuration has lost. */
  private boolean isConfigured(int adapter, int domain) {
    ApConfig config = queues.config();
    return !kernel.profile().has(KernelRules.RESET_OF_FILTERED)
        || (config.adapters().has(adapter) && config.domains().has(domain));
  }

  /** Takes the adapter from the guest if it has the queue; returns the domains it had with it. */
  private static ApMask unplug(MatrixMdev mdev, int adapter, int domain) {
    ApMatrix guest = mdev.guestMatrix();
    if (!guest.has(adapter, domain)) {
      return ApMask.NONE;
    }
    mdev.guestMatrix(guest.withAdapters(guest.adapters().without(adapter)));
    return guest.domains();
  }

  @Override
  public boolean inUse(ApMask adapters, ApMask domains) {
    lock.enter();
    boolean taken = mdevs.isTaken(adapters, domains);
    if (taken) {
      mdevs.logConflicts(adapters, domains, kernel.profile().get(KernelRules.MASK_CONFLICT), "");
    }
    return taken;
  }

  @Override
  public void onConfigChanged(ApConfig before, ApConfig now) {
    lock.enter();
    for (MatrixMdev mdev : mdevs.all()) {
      unplugLost(mdev, before, now);
      noteArrivals(mdev, before, now);
    }
    queues.config(now);
  }

  private static void unplugLost(MatrixMdev mdev, ApConfig before, ApConfig now) {
    ApMatrix guest = mdev.guestMatrix();
    ApMatrix rest =
        new ApMatrix(
            guest.adapters().minus(before.adapters().minus(now.adapters())),
            guest.domains().minus(before.domains().minus(now.domains())),
            guest.controlDomains().minus(before.controlDomains().minus(now.controlDomains())));
    mdev.guestMatrix(rest);
  }

  private void noteArrivals(MatrixMdev mdev, ApConfig before, ApConfig now) {
    ApMatrix assigned = mdev.assigned();
    ApMask newDomains = now.domains().minus(before.domains());
    ApMask newAdapters = known(now.adapters().minus(before.adapters()), newDomains);
    mdev.arriving(
        new ApMatrix(
            assigned.adapters().and(newAdapters),
            assigned.domains().and(newDomains),
            assigned.controlDomains().and(now.controlDomains().minus(before.controlDomains()))));
  }

  /** An adapter whose queue does not answer for a new domain has no known type and is left out. */
  private ApMask known(ApMask adapters, ApMask newDomains) {
    ApMask known = adapters;
    for (int a = adapters.next(0); a >= 0; a = adapters.next(a + 1)) {
      int adapter = a;
      if (newDomains.stream().anyMatch(d -> !hardware.test(adapter, d).carriesInfo())) {
        known = known.without(adapter);
      }
    }
    return known;
  }

  @Override
  public void onScanComplete() {
    lock.enter();
    for (MatrixMdev mdev : mdevs.all()) {
      boolean controlDomains = !mdev.arriving().controlDomains().isEmpty();
      boolean matrix = mdev.hasArrivals();
      mdev.arriving(ApMatrix.EMPTY);
      assignment.plug(mdev, matrix, controlDomains);
    }
  }
}
