package org.vfioap.qemu.monitor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.hmp.Completion;
import org.vfioap.qemu.hmp.HumanMonitor;
import org.vfioap.qemu.hmp.LineEditor;
import org.vfioap.qemu.hmp.RawText;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.persona.QemuVersion;
import org.vfioap.qemu.qapi.MachineCommands;
import org.vfioap.qemu.qmp.MonitorList;

/** The monitor for people, on a terminal or a socket. */
public final class HumanProtocol implements Protocol {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /** What is typed beyond, while a command goes on, is lost. */
  private static final int MOST_AHEAD = 1 << 16;

  private final Guest guest;
  private final MonitorList monitors;
  private final MachineCommands commands;

  private HumanProtocol(Guest guest, MonitorList monitors, MachineCommands commands) {
    this.guest = guest;
    this.monitors = monitors;
    this.commands = commands;
  }

  /** Returns the protocol. */
  public static HumanProtocol of(Guest guest, MonitorList monitors, MachineCommands commands) {
    return new HumanProtocol(guest, monitors, commands);
  }

  @Override
  public Session open(Client client) {
    client.write(
        "QEMU "
            + QemuVersion.current().number()
            + " monitor - type 'help' for more information\r\n");
    Terminal terminal = new Terminal(client, HumanMonitor.of(guest, monitors, commands));
    terminal.editor.prompt();
    return terminal;
  }

  /** One terminal. */
  private final class Terminal implements Session, LineEditor.Screen {
    private final Client client;
    private final HumanMonitor monitor;
    private final LineEditor editor = LineEditor.on(this);
    private final ByteArrayOutputStream typedAhead = new ByteArrayOutputStream();
    private boolean waits;

    Terminal(Client client, HumanMonitor monitor) {
      this.client = client;
      this.monitor = monitor;
      monitor.onTerminal();
    }

    @Override
    public void receive(byte b) {
      if (waits) {
        if (typedAhead.size() < MOST_AHEAD) {
          typedAhead.write(b);
        }
      } else if (!guest.life().hasEnded()) {
        editor.type(b);
      }
    }

    @Override
    public void event(JsonObject event) {}

    @Override
    public void paint(byte[] bytes) {
      if (bytes.length > 0) {
        client.writeBytes(bytes);
      }
    }

    @Override
    public void entered(String line) {
      String text = RawText.decode(line.getBytes(StandardCharsets.ISO_8859_1));
      client.writeBytes(RawText.encode(monitor.execute(text).replace("\n", "\r\n")));
      proceed();
    }

    /** Shows the prompt, or looks again whether the command has ended. */
    private void proceed() {
      waits = monitor.waits();
      if (waits) {
        guest.after(LOOK_AGAIN, this::proceed);
      } else if (!guest.life().hasEnded()) {
        editor.prompt();
        byte[] typed = typedAhead.toByteArray();
        typedAhead.reset();
        for (byte b : typed) {
          receive(b);
        }
      }
    }

    @Override
    public Completion complete(String before) {
      return monitor.complete(before);
    }
  }
}
