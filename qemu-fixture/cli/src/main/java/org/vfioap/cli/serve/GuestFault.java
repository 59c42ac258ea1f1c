package org.vfioap.cli.serve;

import java.time.Duration;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.qdev.UnplugFault;
import org.vfioap.qemu.script.EventFault;
import org.vfioap.qemu.script.Fault;
import org.vfioap.qemu.script.Script;

/**
 * What goes wrong in a guest: {@code unplug} and {@code plug}, by whatever monitor; a {@code
 * command} or an {@code event} on the monitor of the code under test.
 */
record GuestFault(Request request, Script script) {
  private static final int USUAL_DELAY = 1000;

  /** A command or event that QEMU does not have is refused: its fault would never happen. */
  void order(String subject) {
    switch (subject) {
      case "unplug" -> {
        UnplugFault fault = unplug();
        times(() -> script.nextUnplug(fault), () -> script.everyUnplug(fault));
      }
      case "plug" -> {
        Fault.Refuse refusal = plug();
        times(() -> script.nextPlug(refusal), () -> script.everyPlug(refusal));
      }
      case "command" -> {
        String name = request.text(subject);
        script.checkCommand(name);
        Fault fault = command();
        times(() -> script.next(name, fault), () -> script.always(name, fault));
      }
      default -> {
        String name = request.text(subject);
        script.checkEvent(name);
        EventFault fault = event();
        times(() -> script.nextEvent(name, fault), () -> script.everyEvent(name, fault));
      }
    }
  }

  private void times(Runnable next, Runnable every) {
    if (request.flag("always")) {
      every.run();
      return;
    }
    for (int i = 0; i < request.number("times", 1, 1, 1000); i++) {
      next.run();
    }
  }

  private UnplugFault unplug() {
    String fault = request.text("unplug");
    return switch (fault) {
      case "reject" -> UnplugFault.REJECT;
      case "refuse" -> UnplugFault.refusing(request.text("text"));
      case "ignore" -> UnplugFault.of(UnplugFault.Kind.IGNORE);
      case "loseEvent" -> UnplugFault.of(UnplugFault.Kind.LOSE);
      case "delay" -> UnplugFault.delaying(delay());
      default -> throw unknown("unplug", fault, "reject, refuse, ignore, loseEvent, delay");
    };
  }

  private Fault.Refuse plug() {
    if (!request.text("plug").equals("refuse")) {
      throw unknown("plug", request.text("plug"), "refuse");
    }
    return Fault.Refuse.generic(request.text("text"));
  }

  private Fault command() {
    String fault = request.text("fault");
    return switch (fault) {
      case "stall" -> new Fault.Stall();
      case "drop" -> new Fault.DropConnection();
      case "garbage" -> new Fault.Garbage(request.text("text"));
      case "refuse" -> Fault.Refuse.generic(request.text("text"));
      case "answer" -> answer();
      case "delay" -> new Fault.DelayAnswer(delay());
      default -> throw unknown("command", fault, "stall, drop, garbage, refuse, answer, delay");
    };
  }

  private Fault answer() {
    if (!request.json().has("value")) {
      return new Fault.Answer(JsonObject.empty());
    }
    String value = request.json().get("value").toString();
    try {
      return new Fault.Answer(JsonReader.parse(value));
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException("'value' is no JSON for QEMU: " + value, e);
    }
  }

  private EventFault event() {
    String fault = request.text("fault");
    return switch (fault) {
      case "lose" -> new EventFault.Lose();
      case "delay" -> new EventFault.Delay(delay());
      default -> throw unknown("event", fault, "lose, delay");
    };
  }

  private Duration delay() {
    return Duration.ofMillis(request.milliseconds("ms", USUAL_DELAY));
  }

  private static IllegalArgumentException unknown(String of, String fault, String allowed) {
    return new IllegalArgumentException(
        "unknown fault '" + fault + "' of '" + of + "'; allowed: " + allowed);
  }
}
