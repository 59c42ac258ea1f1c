package org.vfioap.qemu.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.monitor.EventLoop;
import org.vfioap.qemu.monitor.MonitorPoint;
import org.vfioap.qemu.monitor.Protocol;

/** A monitor on standard input and output. */
final class StandardStreams implements Protocol.Client, MonitorPoint {
  private Protocol.Session session = Protocol.Session.NONE;

  private StandardStreams() {}

  static StandardStreams serve(EventLoop loop, Protocol protocol) {
    StandardStreams streams = new StandardStreams();
    Protocol.Session session = protocol.open(streams);
    streams.session = session;
    Thread reader = new Thread(() -> read(System.in, loop, session), "stdin");
    reader.setDaemon(true);
    reader.start();
    return streams;
  }

  private static void read(InputStream in, EventLoop loop, Protocol.Session session) {
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        byte typed = (byte) b;
        loop.execute(() -> session.receive(typed));
      }
    } catch (IOException closed) {
      loop.execute(() -> {});
    }
  }

  @Override
  public void event(JsonObject event) {
    session.event(event);
  }

  @Override
  public String filename() {
    return "stdio";
  }

  /** Whoever types here has been greeted. */
  @Override
  public void interpose(UnaryOperator<Protocol> around) {}

  /** Standard streams stay open. */
  /** A terminal has no connection that could be broken. */
  @Override
  public void hangUp() {}

  @Override
  public void close() {}

  @Override
  public void write(String text) {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void writeBytes(byte[] bytes) {
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
