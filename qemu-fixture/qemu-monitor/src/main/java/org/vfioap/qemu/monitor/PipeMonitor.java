package org.vfioap.qemu.monitor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;
import org.vfioap.qemu.host.HostPath;
import org.vfioap.qemu.json.JsonObject;

/**
 * A monitor on two pipes with the endings {@code .in} and {@code .out}, or on one for both
 * directions. Source: chardev/char-pipe.c of QEMU 7.2.
 */
public final class PipeMonitor implements MonitorPoint, Protocol.Client {
  private static final int PACKET = 4096;

  private final FileChannel in;
  private final FileChannel out;
  private Protocol.Session session = Protocol.Session.NONE;

  private PipeMonitor(FileChannel in, FileChannel out) {
    this.in = in;
    this.out = out;
  }

  /**
   * Opens the pipes, greets and reads on a thread of its own.
   *
   * @throws IOException if they cannot be opened
   */
  public static PipeMonitor serve(EventLoop loop, String path, Protocol protocol)
      throws IOException {
    Path own = HostPath.of(path);
    Path input = HostPath.of(path + ".in");
    Path output = HostPath.of(path + ".out");
    boolean pair = Files.exists(input) && Files.exists(output);
    PipeMonitor monitor = new PipeMonitor(open(pair ? input : own), open(pair ? output : own));
    monitor.session = protocol.open(monitor);
    Thread reader = new Thread(() -> monitor.read(loop), "pipe");
    reader.setDaemon(true);
    reader.start();
    return monitor;
  }

  /** Both directions are opened, so that nobody has to be at the other end. */
  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private void read(EventLoop loop) {
    ByteBuffer packet = ByteBuffer.allocate(PACKET);
    try {
      while (in.read(packet) > 0) {
        byte[] typed = new byte[packet.flip().remaining()];
        packet.get(typed).clear();
        loop.execute(() -> receive(typed));
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
    return "pipe";
  }

  /** Whoever is there has been greeted. */
  @Override
  public void interpose(UnaryOperator<Protocol> around) {}

  /** A pipe has no connection that could be broken. */
  @Override
  public void hangUp() {}

  @Override
  public void write(String text) {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void writeBytes(byte[] bytes) {
    try {
      out.write(ByteBuffer.wrap(bytes));
    } catch (IOException nobodyReads) {
      session = Protocol.Session.NONE;
    }
  }

  @Override
  public void close() {
    try (in;
        out) {
      session = Protocol.Session.NONE;
    } catch (IOException lost) {
      session = Protocol.Session.NONE;
    }
  }
}
