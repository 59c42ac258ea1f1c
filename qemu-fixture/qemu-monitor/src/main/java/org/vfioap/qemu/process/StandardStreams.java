package org.vfioap.qemu.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.vfioap.qemu.monitor.EventLoop;
import org.vfioap.qemu.monitor.Protocol;

/** A monitor on standard input and output. */
final class StandardStreams implements Protocol.Client {
  private StandardStreams() {}

  static void serve(EventLoop loop, Protocol protocol) {
    Protocol.Session session = protocol.open(new StandardStreams());
    Thread reader = new Thread(() -> read(System.in, loop, session), "stdin");
    reader.setDaemon(true);
    reader.start();
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

  /** Standard streams stay open. */
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
