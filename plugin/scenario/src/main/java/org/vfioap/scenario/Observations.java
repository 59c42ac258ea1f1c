package org.vfioap.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.vfioap.ap.Apqn;
import org.vfioap.host.ApHost;
import org.vfioap.mdev.MdevSignal;

/**
 * What an operation did beside its result and the state: queues that were zeroised, and events for
 * the programs that have mdevs open.
 *
 * <p>Resets are told only for scenarios that tell them.
 */
final class Observations {
  private static final int MAX_RESETS = 40;
  private static final int RESETS_HEAD = 8;

  private final boolean tellsResets;
  private final List<Apqn> resets = Collections.synchronizedList(new ArrayList<>());
  private final List<String> signals = Collections.synchronizedList(new ArrayList<>());

  private Observations(boolean tellsResets) {
    this.tellsResets = tellsResets;
  }

  static Observations of(Scenario scenario, ApHost host) {
    boolean told = false;
    for (JsonNode operation : scenario.operations()) {
      told |= operation.has("resets");
    }
    Observations observations = new Observations(told);
    host.change(hardware -> hardware.onZeroise(observations.resets::add));
    return observations;
  }

  void signalled(MdevSignal signal) {
    signals.add(signal.label());
  }

  void clear() {
    resets.clear();
    signals.clear();
  }

  void putInto(ObjectNode result) {
    if (tellsResets && !resets.isEmpty()) {
      putResets(result.putArray("resets"));
    }
    if (!signals.isEmpty()) {
      ArrayNode told = result.putArray("signals");
      signals.forEach(told::add);
    }
  }

  private void putResets(ArrayNode told) {
    List<String> names = resets.stream().map(Apqn::toString).sorted().toList();
    boolean many = names.size() > MAX_RESETS;
    names.subList(0, many ? RESETS_HEAD : names.size()).forEach(told::add);
    if (many) {
      told.add("... " + names.size());
    }
  }
}
