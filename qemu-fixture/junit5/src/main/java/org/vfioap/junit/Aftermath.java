package org.vfioap.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What happens after a test: publish if it failed, unused faults, leaks, the end of everything. */
final class Aftermath {
  private final ExtensionContext context;
  private final Fixtures fixtures;
  private final List<Throwable> failures = new ArrayList<>();

  Aftermath(ExtensionContext context, Fixtures fixtures) {
    this.context = context;
    this.fixtures = fixtures;
  }

  void run() {
    Map<String, HostFixture> booted = fixtures.booted();
    Optional<Throwable> failed = context.getExecutionException();
    failed.ifPresent(
        cause -> booted.forEach((name, each) -> Report.publish(context, name, each, cause)));
    failed.ifPresent(
        cause -> fixtures.running().forEach((name, each) -> Report.publish(context, name, each)));
    booted.forEach(this::check);
    attempt(fixtures::close);
    tell(failed.orElse(null));
  }

  private void check(String name, HostFixture fixture) {
    Fixtures.Wanted wanted = fixtures.wanted(name);
    List<String> unused = fixture.unusedFaults();
    if (wanted.strict() && !unused.isEmpty()) {
      failures.add(
          new AssertionError(
              (unused.size() == 1 ? "1 fault was" : unused.size() + " faults were")
                  + " not used: "
                  + String.join("; ", unused)));
    }
    leaks(wanted, Leftovers.of(fixture));
  }

  private void leaks(Fixtures.Wanted wanted, List<String> left) {
    if (left.isEmpty()) {
      return;
    }
    String text = "left behind: " + String.join("; ", left);
    switch (wanted.leaks()) {
      case FAIL -> failures.add(new AssertionError(text));
      case REPORT -> context.publishReportEntry("vfioap.leaks", text);
      default -> {}
    }
  }

  private void attempt(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failed) {
      failures.add(failed);
    }
  }

  /** A test that failed already keeps its reason. */
  private void tell(@Nullable Throwable reason) {
    if (failures.isEmpty()) {
      return;
    }
    Throwable first = reason == null ? failures.remove(0) : reason;
    failures.forEach(first::addSuppressed);
    if (reason == null) {
      Thrown.again(first);
    }
  }
}
