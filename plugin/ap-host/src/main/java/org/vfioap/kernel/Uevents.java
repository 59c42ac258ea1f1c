package org.vfioap.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The stream of uevents of one kernel.
 *
 * <p>Listeners are called in the kernel's order, in the thread of the write that caused the event
 * and before that write returns. A listener must be quick and must not call back into the machine.
 * The newest 4096 events are kept for those who look later.
 */
public final class Uevents {
  private static final int CAPACITY = 4096;

  private final Deque<Uevent> recent = new ArrayDeque<>();
  private final List<Consumer<Uevent>> listeners = new CopyOnWriteArrayList<>();
  private long seqnum;

  private Uevents() {}

  /** Creates a stream whose first event has sequence number 1. */
  public static Uevents create() {
    return new Uevents();
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
    listeners.forEach(listener -> listener.accept(event));
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
