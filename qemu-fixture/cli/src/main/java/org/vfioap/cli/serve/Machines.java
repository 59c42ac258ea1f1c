package org.vfioap.cli.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.LogLine;

/** The machines of a client, by the names m1, m2 and so on. */
final class Machines implements AutoCloseable {
  private final Map<String, ServedMachine> byName = new LinkedHashMap<>();
  private int count;

  synchronized String add(ServedMachine machine) {
    count++;
    byName.put("m" + count, machine);
    return "m" + count;
  }

  /** Returns the machine that a request names, or the only one. */
  synchronized ServedMachine of(Request request) {
    String name = request.optionalText("machine").orElse(byName.size() == 1 ? only() : "");
    ServedMachine machine = byName.get(name);
    if (machine == null) {
      throw new IllegalArgumentException(
          "there is no machine '"
              + name
              + "'; running: "
              + (byName.isEmpty() ? "none" : String.join(", ", byName.keySet())));
    }
    return machine;
  }

  private String only() {
    return byName.keySet().iterator().next();
  }

  synchronized ServedMachine remove(Request request) {
    ServedMachine machine = of(request);
    byName.values().remove(machine);
    return machine;
  }

  private synchronized @Nullable ServedMachine named(Request request) {
    String name = request.json().path("machine").asText();
    return name.isEmpty() && byName.size() == 1 ? byName.get(only()) : byName.get(name);
  }

  /** Returns how long the log of the machine is that a request names; 0 if it names none. */
  long logPosition(Request request) {
    ServedMachine machine = named(request);
    return machine == null ? 0 : machine.host().log().position();
  }

  List<LogLine> logSince(Request request, long position) {
    ServedMachine machine = named(request);
    return machine == null ? List.of() : machine.host().log().linesSince(position);
  }

  @Override
  public void close() {
    List<ServedMachine> all;
    synchronized (this) {
      all = new ArrayList<>(byName.values());
      byName.clear();
    }
    all.forEach(ServedMachine::close);
  }
}
