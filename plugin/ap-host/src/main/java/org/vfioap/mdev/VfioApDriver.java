package org.vfioap.mdev;

import java.util.List;
import java.util.Optional;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.bus.ApDevice;
import org.vfioap.bus.ApDriver;
import org.vfioap.bus.ApQueue;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelProfile.Addition;
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
  private final MdevList mdevs;
  private final PassedQueues queues;
  private final Assignment assignment;
  private final AttributeTable<ApQueue> files;

  VfioApDriver(
      Kernel kernel,
      ApInstructions hardware,
      MdevList mdevs,
      PassedQueues queues,
      Assignment assignment) {
    this.kernel = kernel;
    this.hardware = hardware;
    this.mdevs = mdevs;
    this.queues = queues;
    this.assignment = assignment;
    files =
        AttributeTable.of(
            kernel.lock(),
            queue -> queue.driver() == this,
            List.of(Attribute.line("status", this::status)));
  }

  @Override
  public String driverName() {
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
    return mdev.guest() == null ? "assigned" : "in use";
  }

  @Override
  public boolean probe(ApDevice device) {
    ApQueue queue = (ApQueue) device;
    queues.bind(queue.adapter(), queue.domain());
    MatrixMdev mdev = mdevs.owner(queue.adapter(), queue.domain());
    // While new adapters or domains arrive the guest waits until all their queues have come.
    if (mdev != null && !mdev.hasArrivals()) {
      assignment.plug(mdev);
    }
    return true;
  }

  @Override
  public void remove(ApDevice device) {
    ApQueue queue = (ApQueue) device;
    int adapter = queue.adapter();
    int domain = queue.domain();
    MatrixMdev mdev = mdevs.owner(adapter, domain);
    ApMask plugged = mdev == null ? ApMask.NONE : unplug(mdev, adapter, domain);
    if (kernel.profile().has(Addition.RESET_OF_FILTERED)) {
      queues.resetAll(ApMask.of(adapter), plugged);
    }
    queues.reset(adapter, domain);
    queues.unbind(adapter, domain);
  }

  /** Takes the adapter from the guest if it has the queue; returns the domains it had with it. */
  private static ApMask unplug(MatrixMdev mdev, int adapter, int domain) {
    ApMatrix guest = mdev.guestMatrix();
    if (!guest.has(adapter, domain)) {
      return ApMask.NONE;
    }
    mdev.guestMatrix(guest.withAdapters(guest.adapters().without(adapter)));
    return guest.domains().without(domain);
  }

  @Override
  public boolean inUse(ApMask adapters, ApMask domains) {
    boolean taken = mdevs.isTaken(adapters, domains);
    if (taken) {
      mdevs.logConflicts(adapters, domains, kernel.profile().maskConflict(), "");
    }
    return taken;
  }

  @Override
  public void onConfigChanged(ApConfig before, ApConfig now) {
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
    if (!rest.equals(guest)) {
      mdev.guestMatrix(rest);
    }
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
    for (MatrixMdev mdev : mdevs.all()) {
      ApMatrix arrived = mdev.arriving();
      boolean matrixChanged = mdev.hasArrivals();
      mdev.arriving(ApMatrix.EMPTY);
      if (matrixChanged) {
        assignment.plug(mdev);
      }
      if (!arrived.controlDomains().isEmpty()) {
        assignment.plugControlDomains(mdev);
      }
    }
  }
}
