package org.vfioap.qemu.script;

import java.time.Instant;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.monitor.EventLoop;
import org.vfioap.qemu.monitor.HumanProtocol;
import org.vfioap.qemu.monitor.Protocol;

/** Puts a script and a journal between the monitors of one guest and their clients. */
public final class Rehearsal {
  private final Script script;
  private final Journal journal;
  private final EventLoop loop;
  private final EventSink events;

  private Rehearsal(Script script, Journal journal, EventLoop loop, EventSink events) {
    this.script = script;
    this.journal = journal;
    this.loop = loop;
    this.events = events;
  }

  /** Returns a rehearsal of a guest whose loop is {@code loop}. */
  public static Rehearsal of(Script script, Journal journal, EventLoop loop, EventSink events) {
    return new Rehearsal(script, journal, loop, events);
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

  EventLoop loop() {
    return loop;
  }

  EventSink events() {
    return events;
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
      loop.after(late.delay(), send);
    }
  }

  /** Sends events to all monitors. */
  public interface EventSink {
    /** Sends an event. */
    void send(String name, JsonObject data);
  }
}
