package org.vfioap.translation.libvirt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Events that came and were not asked for yet. The first thousand are kept. */
public final class EventQueue {
  private static final int LIMIT = 1000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<HostEvent> events = new ArrayList<>();

  /** Creates an empty one. */
  public EventQueue() {}

  /** Adds an event; beyond the limit it is lost. */
  public void add(HostEvent event) {
    lock.lock();
    try {
      if (events.size() < LIMIT) {
        events.add(event);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for an event and takes it out; empty if none came in time. */
  public Optional<HostEvent> await(Predicate<HostEvent> wanted, Duration atMost) {
    long left = atMost.toNanos();
    lock.lock();
    try {
      Optional<HostEvent> found = take(wanted);
      while (found.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
        found = take(wanted);
      }
      return found;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<HostEvent> take(Predicate<HostEvent> wanted) {
    Optional<HostEvent> found = events.stream().filter(wanted).findFirst();
    found.ifPresent(events::remove);
    return found;
  }
}
