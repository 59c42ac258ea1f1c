package org.vfioap.place;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.Uevent;
import org.vfioap.kernel.Uevents;

/**
 * The uevents that somebody follows, in their order.
 *
 * <p>At most {@value #KEPT} wait to be taken; further ones are lost and counted, so that one who
 * does not take them costs the machine nothing.
 */
final class EventQueue implements AutoCloseable {
  private static final int KEPT = 8192;

  private final BlockingQueue<Uevent> waiting = new ArrayBlockingQueue<>(KEPT);
  private final List<Uevent> recent;
  private final Uevents.Subscription subscription;
  private volatile long newest;
  private long last;

  private EventQueue(Uevents events) {
    subscription = events.subscribe(this::add);
    recent = events.recent();
    last = recent.isEmpty() ? 0 : recent.get(recent.size() - 1).seqnum();
  }

  /**
   * What comes next.
   *
   * @param lost how many events before it were lost
   * @param event empty if none came
   */
  record Next(long lost, Optional<Uevent> event) {}

  static EventQueue of(Uevents events) {
    return new EventQueue(events);
  }

  /** The number is told last: what is neither waiting nor newer has been taken or lost. */
  private void add(Uevent event) {
    boolean kept = waiting.offer(event);
    newest = kept ? newest : event.seqnum();
  }

  /** Returns the events that were kept when it was made, oldest first. */
  List<Uevent> recent() {
    return recent;
  }

  /** Waits for the next event, at most so long. */
  Next next(Duration patience) throws InterruptedException {
    long dropped = newest;
    Uevent event = waiting.poll();
    if (event == null && dropped > last) {
      long lost = dropped - last;
      last = dropped;
      return new Next(lost, Optional.empty());
    }
    if (event == null) {
      event = waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
    return after(event);
  }

  private Next after(@Nullable Uevent event) {
    if (event == null || event.seqnum() <= last) {
      return new Next(0, Optional.empty());
    }
    long lost = event.seqnum() - last - 1;
    last = event.seqnum();
    return new Next(lost, Optional.of(event));
  }

  @Override
  public void close() {
    subscription.close();
  }
}
