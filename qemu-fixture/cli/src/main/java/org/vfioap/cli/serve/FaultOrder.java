package org.vfioap.cli.serve;

import java.time.Duration;
import java.util.Optional;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.script.EventFault;
import org.vfioap.qemu.script.Fault;

/**
 * What is to go wrong in a guest: {@code command} with {@code stall}, {@code drop}, {@code refuse},
 * {@code reject}, {@code ignore}, {@code delay} or {@code garbage}; or {@code event} with {@code
 * lose} or {@code delay}. {@code unplug} is short for the command {@code device_del}.
 */
final class FaultOrder {
  static final String[] MEMBERS = {
    "machine", "guest", "unplug", "command", "event", "fault", "text", "ms", "always", "async"
  };
  private static final String FAULTS = "stall, drop, refuse, reject, ignore, delay, garbage";

  private final Request request;

  private FaultOrder(Request request) {
    this.request = request;
  }

  static FaultOrder of(Request request) {
    return new FaultOrder(request);
  }

  /** A command that QEMU does not know is refused: its fault would never happen. */
  void apply(ServedGuest guest) throws QemuError {
    Optional<String> event = request.optionalText("event");
    if (event.isPresent()) {
      order(guest, event.get(), eventFault());
      return;
    }
    Optional<String> unplug = request.optionalText("unplug");
    String command = unplug.isPresent() ? "device_del" : request.text("command");
    requireKnown(guest, command);
    Fault fault = fault(unplug.isPresent() ? unplug.get() : request.text("fault"));
    if (request.flag("always")) {
      guest.qemu().script().always(command, fault);
    } else {
      guest.qemu().script().next(command, fault);
    }
  }

  private void order(ServedGuest guest, String event, EventFault fault) {
    if (request.flag("always")) {
      guest.qemu().script().everyEvent(event, fault);
    } else {
      guest.qemu().script().nextEvent(event, fault);
    }
  }

  private static void requireKnown(ServedGuest guest, String command) throws QemuError {
    JsonArray known = (JsonArray) guest.execute("query-commands", JsonObject.empty());
    boolean found =
        known.items().stream()
            .anyMatch(each -> ((JsonObject) each).text("name").filter(command::equals).isPresent());
    if (!found) {
      throw new IllegalArgumentException("QEMU has no command '" + command + "'");
    }
  }

  private EventFault eventFault() {
    String fault = request.text("fault");
    return switch (fault) {
      case "lose" -> new EventFault.Lose();
      case "delay" -> new EventFault.Delay(delay());
      default ->
          throw new IllegalArgumentException(
              "an event has no fault '" + fault + "'; allowed: lose, delay");
    };
  }

  private Duration delay() {
    return Duration.ofMillis(request.milliseconds("ms", 1000));
  }

  private Fault fault(String name) {
    return switch (name) {
      case "stall" -> new Fault.Stall();
      case "drop" -> new Fault.DropConnection();
      case "refuse" -> Fault.Refuse.generic(request.text("text"));
      case "reject" -> new Fault.RejectUnplug();
      case "ignore" -> Fault.Answer.empty();
      case "delay" -> new Fault.DelayAnswer(delay());
      case "garbage" -> new Fault.Garbage(request.text("text"));
      default ->
          throw new IllegalArgumentException(
              "a command has no fault '" + name + "'; allowed: " + FAULTS);
    };
  }
}
