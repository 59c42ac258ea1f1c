package org.vfioap.ap;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what changes, and tells those who want to know at once. */
public final class Changes {
  private final AtomicLong version = new AtomicLong();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Something changed that a bus scan finds. */
  public void changed() {
    version.incrementAndGet();
    moved();
  }

  /** Something changed that a bus scan does not look at, such as the messages in a queue. */
  public void moved() {
    listeners.forEach(Runnable::run);
  }

  /** Returns how many changes a bus scan would find. */
  public long version() {
    return version.get();
  }

  /**
   * Calls the listener after each change, in the thread that made it, until the handle is closed.
   * It must not call back.
   */
  public Handle listen(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** What stops a listener from being called. */
  @FunctionalInterface
  public interface Handle extends AutoCloseable {
    @Override
    void close();
  }
}
