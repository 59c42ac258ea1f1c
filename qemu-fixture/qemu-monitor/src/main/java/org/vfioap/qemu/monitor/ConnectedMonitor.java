package org.vfioap.qemu.monitor;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.function.UnaryOperator;
import org.vfioap.qemu.json.JsonObject;

/**
 * A monitor on a socket that QEMU has connected itself. When the other side leaves, nobody comes
 * again.
 *
 * <p>Source: chardev/char-socket.c of QEMU 7.2, tcp_chr_disconnect.
 */
public final class ConnectedMonitor implements MonitorPoint {
  private final String filename;
  private final Connection connection;
  private Protocol.Session session = Protocol.Session.NONE;
  private boolean gone;

  private ConnectedMonitor(
      EventLoop loop, SocketChannel channel, String filename, Protocol protocol)
      throws IOException {
    this.filename = filename;
    connection = new Connection(loop, channel, this::disconnected);
    session = protocol.open(connection);
    connection.deliverTo(session);
  }

  /**
   * Greets the other side.
   *
   * @param filename the text that {@code query-chardev} shows
   */
  public static ConnectedMonitor serve(
      EventLoop loop, SocketChannel channel, String filename, Protocol protocol)
      throws IOException {
    return new ConnectedMonitor(loop, channel, filename, protocol);
  }

  private void disconnected() {
    gone = true;
    session = Protocol.Session.NONE;
  }

  @Override
  public void event(JsonObject event) {
    session.event(event);
  }

  @Override
  public String filename() {
    return gone ? "disconnected:" + filename : filename;
  }

  /** The only one who will ever be there has been greeted. */
  @Override
  public void interpose(UnaryOperator<Protocol> around) {}

  @Override
  public void hangUp() {
    connection.close();
  }

  @Override
  public void close() {
    if (!gone) {
      connection.finish();
    }
  }
}
