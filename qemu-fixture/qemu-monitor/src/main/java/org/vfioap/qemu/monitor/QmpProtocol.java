package org.vfioap.qemu.monitor;

import java.util.List;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qmp.QmpCommands;
import org.vfioap.qemu.qmp.QmpSession;

/** The machine-readable monitor. */
public final class QmpProtocol implements Protocol {
  private final QmpCommands commands;
  private final boolean pretty;

  private QmpProtocol(QmpCommands commands, boolean pretty) {
    this.commands = commands;
    this.pretty = pretty;
  }

  /** Returns the protocol; {@code pretty} indents all answers. */
  public static QmpProtocol of(QmpCommands commands, boolean pretty) {
    return new QmpProtocol(commands, pretty);
  }

  @Override
  public Session open(Client client) {
    QmpSession session = QmpSession.open(commands, pretty, client);
    return new Session() {
      @Override
      public void receive(byte b) {
        session.receive(b);
      }

      @Override
      public void event(JsonObject event) {
        session.event(event);
      }

      @Override
      public void passed(List<Integer> descriptors) {
        commands.passed(descriptors);
      }
    };
  }
}
