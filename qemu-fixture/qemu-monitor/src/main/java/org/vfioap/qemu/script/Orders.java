package org.vfioap.qemu.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was ordered under some names: for the next times, and always. Used under the lock of its
 * script.
 */
final class Orders<T> {
  private final Map<String, Deque<T>> next = new TreeMap<>();
  private final Map<String, T> always = new TreeMap<>();
  private final Set<String> met = new HashSet<>();

  void next(String name, T order) {
    next.computeIfAbsent(name, key -> new ArrayDeque<>()).add(order);
  }

  void always(String name, T order) {
    always.put(name, order);
    met.remove(name);
  }

  Optional<T> take(String name) {
    Deque<T> waiting = next.get(name);
    T first = waiting == null ? null : waiting.poll();
    if (first != null) {
      return Optional.of(first);
    }
    met.add(name);
    return Optional.ofNullable(always.get(name));
  }

  /** Returns what did not happen, each in words. */
  List<String> unused() {
    List<String> unused = new ArrayList<>();
    next.forEach(
        (name, orders) -> orders.forEach(order -> unused.add("next " + name + ": " + order)));
    always.forEach(
        (name, order) -> {
          if (!met.contains(name)) {
            unused.add("every " + name + ": " + order);
          }
        });
    return unused;
  }

  void clear() {
    next.clear();
    always.clear();
    met.clear();
  }
}
