package org.vfioap.qemu.monitor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.vfioap.qemu.descriptor.PseudoTerminal;
import org.vfioap.qemu.json.JsonObject;

/**
 * A monitor on a pseudo terminal: whoever opens it is greeted, and again after having left. Source:
 * chardev/char-pty.c of QEMU 7.2.
 */
public final class TerminalMonitor implements MonitorPoint, Protocol.Client {
  private final EventLoop loop;
  private final PseudoTerminal terminal;
  private Protocol protocol;
  private Protocol.Session session = Protocol.Session.NONE;

  private TerminalMonitor(EventLoop loop, PseudoTerminal terminal, Protocol protocol) {
    this.loop = loop;
    this.terminal = terminal;
    this.protocol = protocol;
  }

  /** Waits for programs on a thread of its own. */
  public static TerminalMonitor serve(EventLoop loop, PseudoTerminal terminal, Protocol protocol) {
    TerminalMonitor monitor = new TerminalMonitor(loop, terminal, protocol);
    Thread reader = new Thread(monitor::watch, "pty");
    reader.setDaemon(true);
    reader.start();
    return monitor;
  }

  private void watch() {
    try {
      while (terminal.awaitClient()) {
        loop.execute(() -> session = protocol.open(this));
        for (byte[] read = terminal.read(); read.length > 0; read = terminal.read()) {
          byte[] typed = read;
          loop.execute(() -> receive(typed));
        }
        loop.execute(() -> session = Protocol.Session.NONE);
      }
    } catch (IOException closed) {
      loop.execute(() -> session = Protocol.Session.NONE);
    }
  }

  private void receive(byte[] typed) {
    for (byte each : typed) {
      session.receive(each);
    }
  }

  @Override
  public void event(JsonObject event) {
    session.event(event);
  }

  @Override
  public String filename() {
    return "pty:" + terminal.path();
  }

  @Override
  public void interpose(UnaryOperator<Protocol> around) {
    protocol = around.apply(protocol);
  }

  /** A terminal has no connection that could be broken. */
  @Override
  public void hangUp() {}

  @Override
  public void write(String text) {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void writeBytes(byte[] bytes) {
    terminal.write(bytes);
  }

  /** The kernel closes it with the process; a thread may still read. */
  @Override
  public void close() {}
}
