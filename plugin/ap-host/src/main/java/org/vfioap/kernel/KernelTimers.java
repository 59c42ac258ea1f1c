package org.vfioap.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;

/**
 * What the emulated kernel does again and again while somebody waits.
 *
 * <p>All methods are called with the kernel's lock held. No thread of its own runs the timers:
 * those who wait do, and {@link HostLock#clockAdvanced} where a test moves the clock.
 */
public final class KernelTimers {
  private final InstantSource clock;
  private final List<Timer> timers = new ArrayList<>();

  KernelTimers(InstantSource clock) {
    this.clock = clock;
  }

  /** Runs the action each time the period is over, for as long as {@code wait} takes. */
  public void repeat(Duration period, Runnable action, Runnable wait) {
    Timer timer = new Timer(period, action, clock.instant().plus(period));
    timers.add(timer);
    try {
      wait.run();
    } finally {
      timers.remove(timer);
    }
  }

  /** Runs what is due, in the order of its time. */
  void runDue() {
    for (Optional<Timer> next = first(); next.isPresent(); next = first()) {
      Timer timer = next.get();
      if (timer.next.isAfter(clock.instant())) {
        return;
      }
      timer.next = timer.next.plus(timer.period);
      timer.action.run();
    }
  }

  private Optional<Timer> first() {
    return timers.stream().min(Comparator.comparing(timer -> timer.next));
  }

  /** Waits for a signal, or for the next timer; the caller looks again at what it waits for. */
  @SuppressWarnings("WaitNotInLoop") // HostLock.await loops
  void pause(Condition changed) throws InterruptedException {
    Optional<Timer> next = first();
    if (next.isPresent()) {
      changed.awaitNanos(Duration.between(clock.instant(), next.get().next).toNanos());
    } else {
      changed.await();
    }
  }

  /** Something that is done again and again. */
  private static final class Timer {
    private final Duration period;
    private final Runnable action;
    private Instant next;

    private Timer(Duration period, Runnable action, Instant next) {
      this.period = period;
      this.action = action;
      this.next = next;
    }
  }
}
