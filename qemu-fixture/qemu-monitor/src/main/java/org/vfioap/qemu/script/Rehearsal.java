package org.vfioap.qemu.script;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.monitor.EventLoop;
import org.vfioap.qemu.monitor.HumanProtocol;
import org.vfioap.qemu.monitor.Protocol;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.UnplugFault;

/** Puts a script and a journal between the monitors of one guest and their clients. */
public final class Rehearsal {
  private final Script script;
  private final Journal journal;
  private final EventLoop loop;
  private volatile Delays delays;
  private final List<Runnable> waiting = new ArrayList<>();
  private int underWay;

  private Rehearsal(Script script, Journal journal, EventLoop loop) {
    this.script = script;
    this.journal = journal;
    this.loop = loop;
    delays = loop::after;
  }

  /** Returns a rehearsal of a guest whose loop is {@code loop}. */
  public static Rehearsal of(Script script, Journal journal, EventLoop loop) {
    return new Rehearsal(script, journal, loop);
  }

  /** Lets another clock decide when ordered delays are over, instead of the computer's. */
  public void delays(Delays others) {
    delays = (delay, action) -> others.after(delay, () -> loop.execute(action));
  }

  /** Runs {@code action} after an ordered delay; called on the loop's thread. */
  public void after(Duration delay, Runnable action) {
    underWay++;
    delays.after(
        delay,
        () -> {
          underWay--;
          action.run();
          if (underWay == 0) {
            waiting.forEach(Runnable::run);
            waiting.clear();
          }
        });
  }

  /** Runs {@code action} when no ordered delay is under way; called on the loop's thread. */
  public void whenSettled(Runnable action) {
    if (underWay == 0) {
      action.run();
    } else {
      waiting.add(action);
    }
  }

  /** Returns what is to go wrong with an unplugging that begins. */
  public UnplugFault unplugFault() {
    return script.takeUnplug().orElse(UnplugFault.NONE);
  }

  /**
   * Refuses a device that QEMU would take, if that was ordered.
   *
   * @throws QemuError as ordered
   */
  public void checkPlug() throws QemuError {
    Optional<Fault.Refuse> refusal = script.takePlug();
    if (refusal.isPresent()) {
      throw QemuError.of(refusal.get().errorClass(), refusal.get().text());
    }
  }

  /** Returns {@code protocol} with the script and the journal before it. */
  public Protocol around(Protocol protocol, String monitor) {
    return protocol instanceof HumanProtocol
        ? client -> new NotedLines(this, monitor, protocol.open(client))
        : client -> ScriptedSession.open(this, protocol, monitor, client);
  }

  Script script() {
    return script;
  }

  void note(String monitor, String text, Optional<JsonObject> message) {
    journal.add(new JournalEntry(Instant.now(), monitor, text.strip(), message));
  }

  /** Sends an event to all monitors, or to none or later, as the script wants. */
  public void event(String name, Runnable send) {
    Optional<EventFault> fault = script.takeEvent(name);
    if (fault.isEmpty()) {
      send.run();
    } else if (fault.get() instanceof EventFault.Delay late) {
      after(late.delay(), send);
    }
  }

  /** Waits. */
  @FunctionalInterface
  public interface Delays {
    /** Runs {@code action} when {@code delay} is over, in any thread. */
    void after(Duration delay, Runnable action);
  }
}
