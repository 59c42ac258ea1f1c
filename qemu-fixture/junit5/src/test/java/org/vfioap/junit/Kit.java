package org.vfioap.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test classes and tells what came of them. */
record Kit(EngineExecutionResults results) {
  /** Why classes are disabled that only this runs. */
  static final String ONLY = "run by the kit";

  static Kit run(Class<?>... classes) {
    return run(Map.of(), classes);
  }

  static Kit run(Map<String, String> configuration, Class<?>... classes) {
    EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter");
    for (Class<?> each : classes) {
      builder.selectors(selectClass(each));
    }
    configuration.forEach(builder::configurationParameter);
    builder.configurationParameter("junit.jupiter.conditions.deactivate", "org.junit.*Disabled*");
    return new Kit(builder.execute());
  }

  long succeeded() {
    return results.testEvents().succeeded().count();
  }

  /** Returns the failures of tests and classes, messages with what is suppressed. */
  String failures() {
    return results.allEvents().failed().stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .flatMap(result -> result.getThrowable().stream())
        .map(Kit::text)
        .collect(Collectors.joining("\n"));
  }

  private static String text(Throwable failure) {
    StringBuilder text = new StringBuilder(String.valueOf(failure.getMessage()));
    for (Throwable each : failure.getSuppressed()) {
      text.append("\nsuppressed: ").append(each.getMessage());
    }
    return text.toString();
  }

  /** Returns report entries and the names of files that were published. */
  List<String> published() {
    return results.allEvents().stream()
        .filter(event -> event.getType().name().endsWith("ENTRY_PUBLISHED"))
        .map(Event::getPayload)
        .map(payload -> payload.map(String::valueOf).orElse(""))
        .toList();
  }

  /** Returns why tests were skipped. */
  String skipped() {
    return results.testEvents().skipped().stream()
        .map(event -> event.getRequiredPayload(String.class))
        .collect(Collectors.joining("\n"));
  }
}
