package org.vfioap.junit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.vfioap.ap.Apqn;
import org.vfioap.files.Glob;
import org.vfioap.host.Changes;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.Uevent;
import org.vfioap.qemu.client.QmpEvent;

/** Waits for a machine. */
record Patience(HostFixture fixture, Optional<EmulatedGuest> guest, Duration atMost)
    implements Awaits {
  private static final Duration USUAL = Duration.ofSeconds(10);

  static Patience of(HostFixture fixture) {
    return new Patience(fixture, Optional.empty(), USUAL);
  }

  static Patience of(HostFixture fixture, EmulatedGuest guest) {
    return new Patience(fixture, Optional.of(guest), USUAL);
  }

  @Override
  public Awaits within(Duration other) {
    return new Patience(fixture, guest, other);
  }

  private <T> T find(Supplier<Optional<T>> look, Supplier<String> otherwise) {
    try (Changes changes = Changes.of(fixture.host())) {
      long end = System.nanoTime() + atMost.toNanos();
      while (true) {
        long seen = changes.count();
        Optional<T> found = look.get();
        if (found.isPresent()) {
          return found.get();
        }
        if (!changes.awaitAfter(seen, end)) {
          throw new AssertionError(
              otherwise.get() + " within " + seconds() + "\n\n" + fixture.state());
        }
      }
    }
  }

  private String seconds() {
    return atMost.toMillis() % 1000 == 0 ? atMost.toSeconds() + " s" : atMost.toMillis() + " ms";
  }

  private void require(BooleanSupplier condition, Supplier<String> otherwise) {
    find(() -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty(), otherwise);
  }

  @Override
  public void queue(String apqn) {
    Apqn queue = Apqn.parse(apqn);
    require(
        () -> !HostState.driver(fixture.host(), queue).orElse("").isEmpty(),
        () -> queue + " was not bound to a driver");
  }

  @Override
  public void queueIn(String apqn, FixtureGuest guest) {
    Apqn queue = Apqn.parse(apqn);
    require(
        () -> guest.queues().contains(queue),
        () -> queue + " did not come into " + guest.name() + ": " + fixture.explain(apqn) + ",");
  }

  @Override
  public void noQueueIn(String apqn, FixtureGuest guest) {
    Apqn queue = Apqn.parse(apqn);
    require(() -> !guest.queues().contains(queue), () -> queue + " did not leave " + guest.name());
  }

  private static <T> Supplier<Optional<T>> first(
      Supplier<List<T>> all, Function<T, Boolean> wanted) {
    return () -> all.get().stream().filter(wanted::apply).findFirst();
  }

  @Override
  public Uevent uevent(Uevent.Action action, String devpathGlob) {
    var paths = Glob.pattern(devpathGlob);
    return find(
        first(
            fixture::uevents,
            event -> event.action() == action && paths.matcher(event.devpath()).matches()),
        () ->
            "no uevent "
                + action.label()
                + "@"
                + devpathGlob
                + " came; there were "
                + fixture.uevents());
  }

  @Override
  public LogLine log(String containedText) {
    return find(
        first(fixture::log, line -> line.text().contains(containedText)),
        () -> "the kernel log had no line with '" + containedText + "'; it had " + fixture.log());
  }

  @Override
  public QmpEvent event(String name) {
    List<EmulatedGuest> all = guest.map(List::of).orElseGet(fixture::guests);
    if (all.size() != 1) {
      throw new IllegalStateException(
          "an event of which guest? There are "
              + all.stream().map(EmulatedGuest::name).toList()
              + "; use await() of one");
    }
    return all.get(0).awaitEvent(name, atMost);
  }

  @Override
  public void until(String what, BooleanSupplier condition) {
    require(condition, () -> what + " did not come true");
  }
}
