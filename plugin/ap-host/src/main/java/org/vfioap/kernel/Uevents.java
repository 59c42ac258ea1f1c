package org.vfioap.kernel;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The stream of uevents of one kernel.
 *
 * <p>Listeners are called in the kernel's order, in the thread of the write that caused the event
 * and before that write returns. A listener must be quick and must not call back into the machine,
 * which would be an {@link IllegalStateException}; {@code ApHost.onChange} has listeners that may.
 * The newest 4096 events are kept for those who look later.
 */
public final class Uevents {
  private static final int CAPACITY = 4096;

  private final Deque<Uevent> recent = new ArrayDeque<>();
  private final List<Consumer<Uevent>> listeners = new CopyOnWriteArrayList<>();
  private final HostLock lock;
  private long seqnum;

  private Uevents(HostLock lock) {
    this.lock = lock;
  }

  /** Creates a stream whose first event has sequence number 1. */
  public static Uevents create() {
    return create(new HostLock(new KernelTimers(InstantSource.system())));
  }

  /** Creates a stream of a kernel with this lock, which listeners must not ask for. */
  public static Uevents create(HostLock lock) {
    return new Uevents(lock);
  }

  /** Sends an event whose strings are known. */
  public void send(
      Uevent.Action action, String devpath, String subsystem, List<String> properties) {
    send(action, new Strings(devpath, subsystem, List.copyOf(properties)));
  }

  private record Strings(String devpath, String subsystem, List<String> properties)
      implements Uevent.Subject {}

  /** Numbers an event, keeps it and tells the listeners. */
  public synchronized void send(Uevent.Action action, Uevent.Subject subject) {
    Uevent event = new Uevent(++seqnum, action, subject);
    if (recent.size() == CAPACITY) {
      recent.removeFirst();
    }
    recent.addLast(event);
    lock.tell(() -> listeners.forEach(listener -> listener.accept(event)));
  }

  /** Returns the events that are kept, oldest first. */
  public synchronized List<Uevent> recent() {
    return List.copyOf(recent);
  }

  /** Calls the listener for every later event until the returned subscription is closed. */
  public Subscription subscribe(Consumer<Uevent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** A subscription; closing it twice is harmless. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
