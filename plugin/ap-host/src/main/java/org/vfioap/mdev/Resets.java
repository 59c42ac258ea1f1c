package org.vfioap.mdev;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.ApqnSet;
import org.vfioap.ap.ResponseCode;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.Passable;
import org.vfioap.kernel.RateLimit;

/**
 * Resets of queues that vfio_ap has, and what became of each queue's last one.
 *
 * <p>A queue whose last reset was answered badly is kept from guests. Source: Linux 6.1
 * vfio_ap_ops.c, vfio_ap_mdev_reset_queue; Linux 6.12 the same, and apq_reset_check.
 */
final class Resets {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final Kernel kernel;
  private final MdevsLock mdevsLock;
  private final ApInstructions hardware;
  private final Passable passing;
  private final RateLimit waited;
  private final ApqnSet passable = ApqnSet.create();

  Resets(Kernel kernel, MdevsLock mdevsLock, ApInstructions hardware) {
    this.kernel = kernel;
    this.mdevsLock = mdevsLock;
    this.hardware = hardware;
    passing = kernel.profile().get(KernelRules.PASSABLE);
    waited = RateLimit.of(kernel, "apq_reset_check");
  }

  /** A queue that was just bound counts as reset. */
  void bind(int adapter, int domain) {
    passable.add(adapter, domain);
  }

  void unbind(int adapter, int domain) {
    passable.remove(adapter, domain);
  }

  /** Tells whether all queues of an adapter and these domains may be passed to a guest. */
  boolean allPassable(int adapter, ApMask domains) {
    return passable.hasAll(adapter, domains);
  }

  /**
   * Resets queues, whatever becomes of each.
   *
   * @return whether all were reset
   */
  boolean reset(List<Apqn> queues) {
    List<Check> started = queues.stream().map(Check::new).toList();
    List<Check> busy = new ArrayList<>(started);
    busy.removeIf(Check::isDone);
    if (!busy.isEmpty()) {
      awaitAll(busy);
    }
    return started.stream().allMatch(check -> check.worked());
  }

  private void awaitAll(List<Check> busy) {
    kernel
        .timers()
        .repeat(
            INTERVAL, () -> busy.removeIf(Check::isDone), () -> mdevsLock.holdUntil(busy::isEmpty));
  }

  /** The reset of one queue, which is looked at every 20 ms until it is done. */
  private final class Check {
    private final int adapter;
    private final int domain;
    private ResponseCode answer;
    private long elapsed;

    Check(Apqn apqn) {
      adapter = apqn.adapter().number();
      domain = apqn.domain().number();
      answer = zeroise();
    }

    boolean worked() {
      return answer == ResponseCode.NORMAL
          || (answer == ResponseCode.DECONFIGURED && passing.takesDeconfiguredForReset());
    }

    private ResponseCode zeroise() {
      ResponseCode response = hardware.zeroise(adapter, domain);
      boolean passes =
          switch (response) {
            case NORMAL -> true;
            case DECONFIGURED -> passing.deconfigured();
            case CHECKSTOPPED -> passing.checkstopped();
            case Q_NOT_AVAIL, RESET_IN_PROGRESS -> false;
          };
      if (passes) {
        passable.add(adapter, domain);
      } else {
        passable.remove(adapter, domain);
      }
      return response;
    }

    boolean isDone() {
      return switch (kernel.profile().get(KernelRules.WHEN_RESETTING)) {
        case TRY_TWICE -> triedTwice();
        case WAIT -> waited();
      };
    }

    private boolean triedTwice() {
      if (answer == ResponseCode.RESET_IN_PROGRESS) {
        answer = zeroise();
      }
      return true;
    }

    /** Repeats a reset that found another one under way; true when there is nothing to wait for. */
    private boolean waited() {
      while (answer == ResponseCode.NORMAL || answer == ResponseCode.RESET_IN_PROGRESS) {
        elapsed += INTERVAL.toMillis();
        ResponseCode now = hardware.test(adapter, domain);
        if (now == ResponseCode.RESET_IN_PROGRESS) {
          logWait(now);
          return false;
        }
        if (now == ResponseCode.Q_NOT_AVAIL || answer == ResponseCode.NORMAL) {
          return true;
        }
        answer = zeroise();
      }
      return true;
    }

    private void logWait(ResponseCode now) {
      waited.log(
          LogLine.Level.NOTICE,
          "",
          String.format(
              "Waited %dms for reset of queue %s (%d, 1, %d)",
              elapsed,
              Apqn.of(adapter, domain),
              now.number(),
              hardware.interruptsEnabled(adapter, domain) ? 1 : 0));
    }
  }
}
