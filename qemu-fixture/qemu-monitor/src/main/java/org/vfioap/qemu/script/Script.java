package org.vfioap.qemu.script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What goes wrong in a guest, set by a test while it runs. Faults for the next time are used up in
 * the order in which they were set, before one that holds always. Thread-safe.
 */
public final class Script {
  private final Map<String, Deque<Fault>> next = new HashMap<>();
  private final Map<String, Fault> always = new HashMap<>();
  private final Map<String, Deque<EventFault>> nextEvents = new HashMap<>();
  private final Map<String, EventFault> alwaysEvents = new HashMap<>();

  private Script() {}

  /** Returns a script in which nothing goes wrong. */
  public static Script empty() {
    return new Script();
  }

  /** Makes {@code fault} happen the next time that {@code command} is sent. */
  public synchronized Script next(String command, Fault fault) {
    next.computeIfAbsent(command, key -> new ArrayDeque<>()).add(fault);
    return this;
  }

  /** Makes {@code fault} happen each time that {@code command} is sent. */
  public synchronized Script always(String command, Fault fault) {
    always.put(command, fault);
    return this;
  }

  /** Makes {@code fault} happen to the next event called {@code event}. */
  public synchronized Script nextEvent(String event, EventFault fault) {
    nextEvents.computeIfAbsent(event, key -> new ArrayDeque<>()).add(fault);
    return this;
  }

  /** Makes {@code fault} happen to every event called {@code event}. */
  public synchronized Script everyEvent(String event, EventFault fault) {
    alwaysEvents.put(event, fault);
    return this;
  }

  /** Forgets all faults that have not happened. */
  public synchronized void clear() {
    next.clear();
    always.clear();
    nextEvents.clear();
    alwaysEvents.clear();
  }

  /** Takes the fault for a command that was just sent. */
  synchronized Optional<Fault> take(String command) {
    return take(command, next, always);
  }

  /** Takes the fault for an event that is about to be sent. */
  public synchronized Optional<EventFault> takeEvent(String event) {
    return take(event, nextEvents, alwaysEvents);
  }

  private static <T> Optional<T> take(
      String name, Map<String, Deque<T>> once, Map<String, T> forever) {
    Deque<T> waiting = once.get(name);
    T first = waiting == null ? null : waiting.poll();
    return first == null ? Optional.ofNullable(forever.get(name)) : Optional.of(first);
  }
}
