package org.vfioap.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the tests of the fixture with whatever JUnit is on the class path. */
final class Suites {
  private Suites() {}

  /** Those that are named, or all. */
  private static List<ClassSelector> selected(String... names) {
    if (names.length > 0) {
      return Arrays.stream(names).map(DiscoverySelectors::selectClass).toList();
    }
    return List.of(
        selectClass(AssertionsTest.class),
        selectClass(ExtensionTest.class),
        selectClass(GuestsTest.class),
        selectClass(PageTest.class),
        selectClass(ParametersTest.class));
  }

  public static void main(String[] arguments) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selected(arguments)).build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    String place = String.valueOf(Test.class.getProtectionDomain().getCodeSource().getLocation());
    out.println("with " + place.replaceAll(".*junit-jupiter-api-", ""));
    summary.printFailuresTo(out);
    summary.printTo(out);
    System.exit(
        summary.getTotalFailureCount() == 0
                && summary.getTestsSucceededCount() >= (arguments.length == 0 ? 40 : 1)
            ? 0
            : 1);
  }
}
