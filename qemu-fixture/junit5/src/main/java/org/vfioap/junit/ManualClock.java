package org.vfioap.junit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The clock of a machine. It goes with the computer's until a test asks for it; from then on it
 * stands still until the test advances it. It drives periodic scans and the delays that faults
 * order.
 */
public final class ManualClock implements InstantSource {
  private final List<Due> waiting = new ArrayList<>();
  private boolean manual;
  private Instant now = Instant.EPOCH;
  private Runnable afterwards = () -> {};

  /** Something that is due at some time. */
  private record Due(Instant time, Runnable action) {}

  ManualClock() {}

  synchronized ManualClock stop() {
    if (!manual) {
      manual = true;
      now = Instant.now();
    }
    return this;
  }

  synchronized boolean isManual() {
    return manual;
  }

  synchronized void afterwards(Runnable action) {
    afterwards = action;
  }

  @Override
  public synchronized Instant instant() {
    return manual ? now : Instant.now();
  }

  synchronized void after(Duration delay, Runnable action) {
    waiting.add(new Due(now.plus(delay), action));
  }

  /**
   * Lets time pass. What is due then is done when this returns: delayed events and answers are
   * sent, and the bus is scanned if its time has come.
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not go back: " + time);
    }
    for (Due each : pass(time)) {
      each.action.run();
    }
    Runnable last;
    synchronized (this) {
      last = afterwards;
    }
    last.run();
  }

  private synchronized List<Due> pass(Duration time) {
    now = now.plus(time);
    List<Due> due = waiting.stream().filter(each -> !each.time.isAfter(now)).toList();
    waiting.removeAll(due);
    return due.stream().sorted(Comparator.comparing(Due::time)).toList();
  }
}
