package org.vfioap.qemu.script;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.monitor.Protocol;

/** A human monitor whose lines are noted; faults are for the machine-readable monitor. */
final class NotedLines implements Protocol.Session {
  private final Rehearsal rehearsal;
  private final String monitor;
  private final Protocol.Session session;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  NotedLines(Rehearsal rehearsal, String monitor, Protocol.Session session) {
    this.rehearsal = rehearsal;
    this.monitor = monitor;
    this.session = session;
  }

  @Override
  public void receive(byte b) {
    if (b == '\n' || b == '\r') {
      rehearsal.note(monitor, line.toString(StandardCharsets.UTF_8), Optional.empty());
      line.reset();
    } else {
      line.write(b);
    }
    session.receive(b);
  }

  @Override
  public void event(JsonObject event) {
    session.event(event);
  }
}
