package org.vfioap.qemu.recorder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the order of a list of which only parts are seen at a time; a line may stand twice. */
final class PartialOrders {
  private final Map<String, Set<String>> earlier = new LinkedHashMap<>();

  /** Takes a part in its order. */
  void add(List<String> part) {
    Map<String, Integer> seen = new HashMap<>();
    String before = "";
    for (String line : part) {
      String entry = seen.merge(line, 1, Integer::sum) + "\t" + line;
      Set<String> needed = earlier.computeIfAbsent(entry, key -> new LinkedHashSet<>());
      if (!before.isEmpty()) {
        needed.add(before);
      }
      before = entry;
    }
  }

  /** Returns the whole list. */
  List<String> whole() {
    Set<String> done = new LinkedHashSet<>();
    while (done.size() < earlier.size()) {
      String next =
          earlier.keySet().stream()
              .filter(entry -> !done.contains(entry))
              .filter(entry -> done.containsAll(earlier.getOrDefault(entry, Set.of())))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("parts contradict each other"));
      done.add(next);
    }
    List<String> lines = new ArrayList<>();
    done.forEach(entry -> lines.add(entry.split("\t", 2)[1]));
    return lines;
  }
}
