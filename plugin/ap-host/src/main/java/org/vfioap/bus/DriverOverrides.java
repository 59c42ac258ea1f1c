package org.vfioap.bus;

import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApqnSet;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/**
 * {@code driver_override} of queues, and how it and the masks exclude each other.
 *
 * <p>Source: Linux 7.2 ap_queue.c driver_override_store, ap_bus.c apmask_commit and apmask_store.
 * The number of overrides goes down only when one is cleared: a queue that leaves the machine with
 * its override keeps the masks locked until the next boot, as in the kernel.
 */
final class DriverOverrides {
  /** {@code PAGE_SIZE - 1}: a longer write is refused. */
  private static final int LIMIT = 4095;

  private final ApqnSet queues = ApqnSet.create();
  private int count;
  private boolean masksInUse;

  /** Refuses a mask write while any queue has an override. */
  void checkMaskWrite() {
    if (count > 0) {
      throw KernelRefusal.of(
          Errno.EINVAL,
          count + " queues have a driver_override; clear it before you write apmask or aqmask");
    }
  }

  /** A mask write changed a mask. */
  void masksChanged(ApMasks masks) {
    masksInUse = !(masks.adapters().equals(ApMask.ALL) && masks.domains().equals(ApMask.ALL));
  }

  /** Sets or clears the override of a queue; the text ends at the first newline. */
  void write(ApQueue queue, String text) {
    if (masksInUse) {
      throw KernelRefusal.of(
          Errno.EINVAL,
          "apmask or aqmask was written and is not all ones; driver_override needs both");
    }
    if (text.length() >= LIMIT) {
      throw KernelRefusal.of(Errno.EINVAL, "driver_override takes less than " + LIMIT + " bytes");
    }
    int end = text.indexOf('\n');
    set(queue, end < 0 ? text : text.substring(0, end));
  }

  private void set(ApQueue queue, String driver) {
    boolean before = !queue.override().isEmpty();
    boolean now = !driver.isEmpty();
    queue.override(driver);
    if (now) {
      queues.add(queue.adapter(), queue.domain());
    } else {
      queues.remove(queue.adapter(), queue.domain());
    }
    count += (now ? 1 : 0) - (before ? 1 : 0);
  }

  /** A queue leaves the machine; the number of overrides stays. */
  void forget(ApQueue queue) {
    queues.remove(queue.adapter(), queue.domain());
  }

  /** Returns the domains of an adapter whose queues have an override. */
  ApMask row(int adapter) {
    return queues.row(adapter);
  }
}
