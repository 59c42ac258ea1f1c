package org.vfioap.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.vfioap.ap.Apqn;
import org.vfioap.cli.picture.ApqnMap;
import org.vfioap.cli.picture.TerminalPicture;
import org.vfioap.files.Glob;
import org.vfioap.host.ApHost;
import org.vfioap.host.Changes;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.Uevent;
import org.vfioap.qemu.client.NoAnswerException;
import org.vfioap.qemu.client.QmpEvent;
import org.vfioap.translation.explain.Explanation;
import org.vfioap.translation.files.HostFiles;
import picocli.CommandLine.Help.Ansi;

/**
 * Waits until a queue, a line of the log or an event is there, looking after each change of the
 * machine; says why it is not.
 */
final class Await {
  private static final long PATIENCE = 10_000;

  /** How often a bus is asked that scans by the clock: its period is in seconds. */
  private static final long CLOCK_PERIOD = TimeUnit.MILLISECONDS.toNanos(250);

  private final ServedMachine machine;
  private final Request request;

  private Await(ServedMachine machine, Request request) {
    this.machine = machine;
    this.request = request;
  }

  static Operation operation(Machines machines) {
    return Operation.of(
        request -> new Await(machines.of(request), request).run(),
        "machine",
        "guest",
        "queue",
        "in",
        "driver",
        "gone",
        "log",
        "event",
        "ms",
        "async");
  }

  private JsonNode run() {
    long milliseconds = request.milliseconds("ms", PATIENCE);
    if (request.optionalText("guest").isPresent()) {
      return ofGuest(Duration.ofMillis(milliseconds));
    }
    BooleanSupplier condition = condition();
    boolean wanted = !request.flag("gone");
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    try (Changes changes = Changes.of(machine.host())) {
      long seen = changes.count();
      while (condition.getAsBoolean() != wanted) {
        if (!await(changes, seen, end)) {
          throw inVain();
        }
        machine.keepUp();
        seen = changes.count();
      }
    }
    return Reply.object();
  }

  /** Returns when the machine may be otherwise; false if the time is over. */
  private boolean await(Changes changes, long seen, long end) {
    if (!machine.isTimed()) {
      return changes.awaitAfter(seen, end);
    }
    boolean changed = changes.awaitAfter(seen, Math.min(end, System.nanoTime() + CLOCK_PERIOD));
    return (changed || System.nanoTime() < end) && !Thread.currentThread().isInterrupted();
  }

  private JsonNode ofGuest(Duration atMost) {
    ServedGuest guest = machine.guest(request.text("guest"));
    try {
      QmpEvent event = guest.awaitEvent(request.text("event"), atMost);
      ObjectNode result = Reply.object().put("event", event.name());
      return result.set("data", Reply.parse(event.data().toString()));
    } catch (NoAnswerException silent) {
      throw inVain();
    }
  }

  private BooleanSupplier condition() {
    Optional<String> log = request.optionalText("log");
    if (log.isPresent()) {
      String text = log.get();
      return () -> machine.log().stream().anyMatch(line -> line.text().contains(text));
    }
    Optional<String> event = request.optionalText("event");
    if (event.isPresent()) {
      return event(event.get());
    }
    return queue(Apqn.parse(request.text("queue")));
  }

  /** {@code add@GLOB}, or a string of the event such as {@code DEVPATH=…}. */
  private BooleanSupplier event(String text) {
    var heads = glob(text);
    return () ->
        machine.events().stream()
            .anyMatch(each -> heads.matcher(each.toString()).matches() || has(each, text));
  }

  private static Pattern glob(String text) {
    try {
      return Glob.pattern(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("'event' is no glob: " + e.getDescription(), e);
    }
  }

  private static boolean has(Uevent event, String text) {
    return event.environment().contains(text);
  }

  private BooleanSupplier queue(Apqn apqn) {
    Optional<String> in = request.optionalText("in");
    if (in.isPresent()) {
      ServedGuest guest = machine.guest(in.get());
      return () -> guest.queues().contains(apqn.toString());
    }
    Optional<String> driver = request.optionalText("driver");
    return () ->
        driverOf(machine.host(), apqn).filter(each -> each.equals(driver.orElse(each))).isPresent();
  }

  private static Optional<String> driverOf(ApHost host, Apqn apqn) {
    String card = String.format("/sys/devices/ap/card%02x/", apqn.adapter().number());
    try {
      String link = host.sysfs().readLink(card + apqn + "/driver");
      return Optional.of(link.substring(link.lastIndexOf('/') + 1));
    } catch (KernelRefusal absent) {
      return Optional.empty();
    }
  }

  private AwaitedInVain inVain() {
    String what = request.json().deepCopy().without(List.of("id", "do", "machine")).toString();
    String picture = new TerminalPicture(ApqnMap.of(machine.host()), Ansi.OFF).draw();
    return new AwaitedInVain("awaited in vain: " + what + reason(), picture);
  }

  private String reason() {
    return request.optionalText("queue").map(Apqn::parse).map(this::explain).orElse("");
  }

  private String explain(Apqn apqn) {
    HostFiles files = HostFiles.of(machine.host());
    return "\n" + Explanation.of(files, apqn, List.of(), uuid -> Optional.empty()).toText();
  }
}
