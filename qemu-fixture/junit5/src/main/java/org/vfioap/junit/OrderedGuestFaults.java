package org.vfioap.junit;

import java.time.Duration;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qdev.UnplugFault;
import org.vfioap.qemu.script.EventFault;
import org.vfioap.qemu.script.Fault;
import org.vfioap.qemu.script.Script;

/** Writes orders into the script of a guest. */
record OrderedGuestFaults(Script script) implements GuestFaults {

  private record Ordered(Runnable next, Runnable every) implements Times {
    @Override
    public void times(int number) {
      if (number < 1) {
        throw new IllegalArgumentException(number + " times; allowed: at least once");
      }
      for (int i = 0; i < number; i++) {
        next.run();
      }
    }

    @Override
    public void always() {
      every.run();
    }
  }

  @Override
  public Unplug unplug() {
    return new Unplug() {
      private Times order(UnplugFault fault) {
        return new Ordered(() -> script.nextUnplug(fault), () -> script.everyUnplug(fault));
      }

      @Override
      public Times reject() {
        return order(UnplugFault.REJECT);
      }

      @Override
      public Times refuse(String text) {
        return order(UnplugFault.refusing(text));
      }

      @Override
      public Times ignore() {
        return order(UnplugFault.of(UnplugFault.Kind.IGNORE));
      }

      @Override
      public Times loseEvent() {
        return order(UnplugFault.of(UnplugFault.Kind.LOSE));
      }

      @Override
      public Times delay(Duration delay) {
        return order(UnplugFault.delaying(delay));
      }
    };
  }

  @Override
  public Plug plug() {
    return text -> {
      Fault.Refuse refusal = Fault.Refuse.generic(text);
      return new Ordered(() -> script.nextPlug(refusal), () -> script.everyPlug(refusal));
    };
  }

  @Override
  public Command command(String name) {
    script.checkCommand(name);
    return new Command() {
      private Times order(Fault fault) {
        return new Ordered(() -> script.next(name, fault), () -> script.always(name, fault));
      }

      @Override
      public Times stall() {
        return order(new Fault.Stall());
      }

      @Override
      public Times drop() {
        return order(new Fault.DropConnection());
      }

      @Override
      public Times garbage(String text) {
        return order(new Fault.Garbage(text));
      }

      @Override
      public Times refuse(String text) {
        return order(Fault.Refuse.generic(text));
      }

      @Override
      public Times answer(JsonValue value) {
        return order(new Fault.Answer(value));
      }

      @Override
      public Times delay(Duration delay) {
        return order(new Fault.DelayAnswer(delay));
      }
    };
  }

  @Override
  public Event event(String name) {
    script.checkEvent(name);
    return new Event() {
      private Times order(EventFault fault) {
        return new Ordered(
            () -> script.nextEvent(name, fault), () -> script.everyEvent(name, fault));
      }

      @Override
      public Times lose() {
        return order(new EventFault.Lose());
      }

      @Override
      public Times delay(Duration delay) {
        return order(new EventFault.Delay(delay));
      }
    };
  }
}
