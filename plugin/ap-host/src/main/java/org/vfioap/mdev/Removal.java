package org.vfioap.mdev;

import java.time.Duration;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.RateLimit;
import org.vfioap.kernel.Task;
import org.vfioap.kernel.Wait;

/**
 * The removal of an mdev that a program has open: it waits until the program lets go.
 *
 * <p>Source: Linux 6.1 drivers/vfio/vfio_main.c, vfio_unregister_group_dev; Linux 6.12
 * vfio_ap_ops.c, vfio_ap_mdev_request.
 */
final class Removal {
  private static final Duration ASK_AGAIN = Duration.ofSeconds(10);
  private static final int RELAYS_PER_LINE = 10;

  private final Kernel kernel;
  private final MdevsLock mdevsLock;
  private final RateLimit relayed;

  Removal(Kernel kernel, MdevsLock mdevsLock) {
    this.kernel = kernel;
    this.mdevsLock = mdevsLock;
    relayed = RateLimit.of(kernel, "vfio_ap_mdev_request");
  }

  /**
   * Waits until the mdev is gone. The first signal to the writer is logged; after it nothing
   * interrupts the wait.
   */
  void await(MatrixMdev mdev) {
    if (kernel.profile().has(KernelRules.REMOVAL_REQUEST)) {
      awaitAsking(mdev);
    } else {
      awaitClose(mdev);
    }
  }

  private void awaitAsking(MatrixMdev mdev) {
    Requests requests = new Requests(mdev);
    requests.send();
    kernel.timers().repeat(ASK_AGAIN, requests::send, () -> awaitClose(mdev));
  }

  private void awaitClose(MatrixMdev mdev) {
    kernel.lock().await(Wait.FOR_CLOSE, mdev::isGone, () -> logBlocked(mdev));
  }

  private void logBlocked(MatrixMdev mdev) {
    Task task = Task.current();
    String text =
        String.format(
            "Device is currently in use, task \"%s\" (%d) blocked until device is released",
            task.comm().get(), task.pid());
    kernel.log().add(LogLine.Level.WARNING, source(mdev), text);
  }

  private static String source(MatrixMdev mdev) {
    return "vfio_ap_mdev " + mdev;
  }

  /** {@code .request}: asks the program to let go, and counts how often. */
  private final class Requests {
    private final MatrixMdev mdev;
    private int count;

    Requests(MatrixMdev mdev) {
      this.mdev = mdev;
    }

    void send() {
      if (mdev.isGone()) {
        return;
      }
      if (kernel.profile().has(KernelRules.REMOVAL_CLEARS_GUEST)) {
        mdevsLock.enter();
        mdev.clearGuest();
      }
      ask();
      count++;
    }

    private void ask() {
      if (mdev.listensTo(MdevSignal.REQUEST)) {
        if (count % RELAYS_PER_LINE == 0) {
          String text = "Relaying device request to user (#" + count + ")";
          relayed.log(LogLine.Level.NOTICE, source(mdev), text);
        }
        mdev.signal(MdevSignal.REQUEST);
      } else if (count == 0) {
        String text = "No device request registered, blocked until released by user";
        kernel.log().add(LogLine.Level.NOTICE, source(mdev), text);
      }
    }
  }
}
