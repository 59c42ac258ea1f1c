package org.vfioap.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.vfioap.ap.Apqn;
import org.vfioap.cli.picture.ApqnMap;
import org.vfioap.cli.picture.TerminalPicture;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.translation.explain.Explanation;
import org.vfioap.translation.files.HostFiles;
import picocli.CommandLine.Help.Ansi;

/** Waits until a queue, a line of the log or an event is there; says why it is not. */
final class Await {
  private static final long PATIENCE = 10_000;
  private static final long PERIOD = 5;

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
        "queue",
        "in",
        "driver",
        "gone",
        "log",
        "event",
        "ms",
        "async");
  }

  private JsonNode run() throws InterruptedException {
    long end = System.nanoTime() + request.milliseconds("ms", PATIENCE) * 1_000_000;
    BooleanSupplier condition = condition();
    boolean wanted = !request.flag("gone");
    while (condition.getAsBoolean() != wanted) {
      if (System.nanoTime() > end) {
        throw inVain();
      }
      Thread.sleep(PERIOD);
      machine.keepUp();
    }
    return Reply.object();
  }

  private BooleanSupplier condition() {
    Optional<String> log = request.optionalText("log");
    if (log.isPresent()) {
      String text = log.get();
      return () ->
          machine.host().log().lines().stream().anyMatch(line -> line.text().contains(text));
    }
    Optional<String> event = request.optionalText("event");
    if (event.isPresent()) {
      String text = event.get();
      return () ->
          machine.host().uevents().recent().stream()
              .anyMatch(each -> each.environment().contains(text) || each.toString().equals(text));
    }
    return queue(Apqn.parse(request.text("queue")));
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
    String reason =
        request
            .optionalText("queue")
            .map(Apqn::parse)
            .map(
                apqn ->
                    "\n"
                        + Explanation.of(
                                HostFiles.of(machine.host()),
                                apqn,
                                List.of(),
                                uuid -> Optional.empty())
                            .toText())
            .orElse("");
    String picture = new TerminalPicture(ApqnMap.of(machine.host()), Ansi.OFF).draw();
    return new AwaitedInVain("awaited in vain: " + what + reason, picture);
  }
}
