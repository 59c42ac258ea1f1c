package org.vfioap.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * What changed between two states: scalars are replaced, in maps an entry is added, replaced or
 * removed (null), and in {@code mdevs} and {@code guests} the fields of an entry are merged one by
 * one.
 */
final class StateDelta {
  private static final Set<String> MERGED = Set.of("mdevs", "guests");
  private static final Set<String> MAPS = Set.of("mdevs", "guests", "cards", "queues");

  private StateDelta() {}

  static ObjectNode between(ObjectNode before, ObjectNode after) {
    ObjectNode delta = Scenario.JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> entry : after.properties()) {
      JsonNode old = before.get(entry.getKey());
      if (!entry.getValue().equals(old)) {
        delta.set(entry.getKey(), change(entry.getKey(), old, entry.getValue()));
      }
    }
    return delta;
  }

  private static JsonNode change(String key, JsonNode before, JsonNode after) {
    return MAPS.contains(key)
        ? entries((ObjectNode) before, (ObjectNode) after, MERGED.contains(key))
        : after;
  }

  private static ObjectNode entries(ObjectNode before, ObjectNode after, boolean merged) {
    ObjectNode delta = Scenario.JSON.createObjectNode();
    after
        .properties()
        .forEach(
            entry -> {
              JsonNode old = before.get(entry.getKey());
              if (!entry.getValue().equals(old)) {
                delta.set(
                    entry.getKey(),
                    merged && old != null
                        ? between((ObjectNode) old, (ObjectNode) entry.getValue())
                        : entry.getValue());
              }
            });
    before
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!after.has(name)) {
                delta.set(name, NullNode.getInstance());
              }
            });
    return delta;
  }
}
