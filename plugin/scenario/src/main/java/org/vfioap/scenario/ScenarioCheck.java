package org.vfioap.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;

/** Compares what happened with what a scenario file says. */
public final class ScenarioCheck {
  private ScenarioCheck() {}

  /**
   * Runs a scenario and looks for the first difference.
   *
   * @return empty if everything is as the file says, else a few lines for people: which operation,
   *     which key, what was expected and what came
   */
  public static Optional<String> firstDifference(Scenario scenario, KernelProfile profile) {
    return firstDifference(scenario, profile, host -> ScenarioFiles.of(host.sysfs()));
  }

  /** Looks for the first difference in a run with files of its own, see {@link ScenarioRun}. */
  public static Optional<String> firstDifference(
      Scenario scenario, KernelProfile profile, Function<ApHost, ScenarioFiles> opener) {
    ObjectNode actual = ScenarioRun.of(scenario, profile, opener);
    JsonNode expected = scenario.json();
    if (expected.has("initial")) {
      Optional<String> initial = differs("initial", expected.get("initial"), actual.get("initial"));
      if (initial.isPresent()) {
        return initial.map(text -> scenario.name() + ", state after boot\n" + text);
      }
    }
    for (int i = 0; i < expected.get("ops").size(); i++) {
      JsonNode operation = expected.get("ops").get(i);
      Optional<String> difference = differs("", operation, actual.get("ops").get(i));
      if (difference.isPresent()) {
        return Optional.of(
            scenario.name()
                + ", operation "
                + (i + 1)
                + ": "
                + describe(operation)
                + "\n"
                + difference.get());
      }
    }
    return Optional.empty();
  }

  private static String describe(JsonNode operation) {
    StringBuilder text = new StringBuilder(operation.path("op").asText());
    for (String key : new String[] {"path", "in", "set", "mdev", "guest"}) {
      if (operation.has(key)) {
        text.append(' ').append(key).append('=').append(operation.get(key));
      }
    }
    return text.toString();
  }

  private static Optional<String> differs(String where, JsonNode expected, JsonNode actual) {
    if (expected.isObject() && actual != null && actual.isObject()) {
      return objectsDiffer(where, expected, actual);
    }
    if (expected.equals(actual)) {
      return Optional.empty();
    }
    return Optional.of("  " + where + "\n    expected " + expected + "\n    but was  " + actual);
  }

  private static Optional<String> objectsDiffer(String where, JsonNode expected, JsonNode actual) {
    Set<String> keys = new TreeSet<>();
    expected.fieldNames().forEachRemaining(keys::add);
    actual.fieldNames().forEachRemaining(keys::add);
    for (String key : keys) {
      String path = where.isEmpty() ? key : where + "." + key;
      Optional<String> difference = differs(path, expected.path(key), actual.path(key));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }
}
