package org.vfioap.bus;

import java.util.List;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.Uevent.Action;

/**
 * Counts queues with and without drivers and announces when all have one.
 *
 * <p>Source: Linux 6.1 ap_bus.c, ap_check_bindings_complete and bindings_show; Linux 6.12 the same.
 */
final class BindingsWatch {
  private final Kernel kernel;
  private final boolean rearms;
  private int queues;
  private int bound;
  private long scans;
  private long completeCount;
  private boolean armed = true;

  BindingsWatch(Kernel kernel) {
    this.kernel = kernel;
    rearms = kernel.profile().has(KernelRules.BINDINGS_REARMED);
  }

  void queueAdded() {
    queues++;
  }

  void queueRemoved() {
    queues--;
  }

  void queueBound() {
    bound++;
  }

  void queueUnbound() {
    bound--;
  }

  long scans() {
    return scans;
  }

  void scanDone() {
    if (++scans == 1) {
      kernel.uevents().send(Action.CHANGE, "/devices/ap", "ap", List.of("INITSCAN=done"));
      checkComplete();
    } else if (rearms) {
      checkComplete();
    }
  }

  /** A device was offered to a driver. */
  void probed() {
    armed = true;
  }

  /** A driver took a device. */
  void bound() {
    if (!rearms) {
      checkComplete();
    }
  }

  /** A scan found new adapters or usage domains. */
  void configurationGrew() {
    armed = true;
  }

  void driverRegistered() {
    if (rearms) {
      checkComplete();
    }
  }

  long completeCount() {
    return completeCount;
  }

  private void checkComplete() {
    if (isComplete() && (armed || !rearms)) {
      armed = false;
      List<String> news = List.of("BINDINGS=complete", "COMPLETECOUNT=" + ++completeCount);
      kernel.uevents().send(Action.CHANGE, "/devices/ap", "ap", news);
    }
  }

  private boolean isComplete() {
    return scans >= 1 && bound == queues;
  }

  /** Returns what {@code bindings} shows, without the newline. */
  String show() {
    return bound + "/" + queues + (isComplete() ? " (complete)" : "");
  }
}
