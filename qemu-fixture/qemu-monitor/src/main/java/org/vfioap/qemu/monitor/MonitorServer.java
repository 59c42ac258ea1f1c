package org.vfioap.qemu.monitor;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.json.JsonObject;

/** A listening socket with one client at a time; others wait until it leaves. */
public final class MonitorServer implements MonitorPoint, EventLoop.Ready {
  private final EventLoop loop;
  private final Listening listening;
  private Protocol protocol;
  private final SelectionKey key;
  private @Nullable Connection client;
  private Protocol.Session session = Protocol.Session.NONE;

  /** A class of its own, since a lambda would be made before the greeting. */
  private final Runnable farewell =
      new Runnable() {
        @Override
        public void run() {
          disconnected();
        }
      };

  private MonitorServer(EventLoop loop, Listening listening, Protocol protocol) throws IOException {
    this.loop = loop;
    this.listening = listening;
    this.protocol = protocol;
    this.key = loop.watch(listening.channel(), SelectionKey.OP_ACCEPT, this);
  }

  /** Serves {@code protocol} on a socket. */
  public static MonitorServer serve(EventLoop loop, Listening listening, Protocol protocol)
      throws IOException {
    return new MonitorServer(loop, listening, protocol);
  }

  /** Greets who has connected. */
  @Override
  public void ready(SelectionKey ready) {
    try {
      SocketChannel accepted = listening.channel().accept();
      if (accepted != null) {
        connect(accepted);
      }
    } catch (IOException gone) {
      client = null;
    }
  }

  private void connect(SocketChannel accepted) throws IOException {
    Connection connection = new Connection(loop, accepted, farewell);
    client = connection;
    key.interestOps(0);
    Protocol.Session opened = protocol.open(connection);
    session = opened;
    if (listening.inherited()) {
      connection.expectDescriptors();
    }
    connection.deliverTo(opened);
  }

  /** Turns to the next client. */
  private void disconnected() {
    client = null;
    session = Protocol.Session.NONE;
    if (key.isValid()) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  @Override
  public void interpose(UnaryOperator<Protocol> around) {
    protocol = around.apply(protocol);
  }

  /** Serves a client that is connected already. */
  public void adopt(SocketChannel accepted) throws IOException {
    connect(accepted);
  }

  @Override
  public void event(JsonObject event) {
    session.event(event);
  }

  @Override
  public String filename() {
    Connection connected = client;
    return connected == null
        ? "disconnected:" + listening.filename()
        : listening.filename() + connected.peer();
  }

  @Override
  public void hangUp() {
    Connection connected = client;
    if (connected != null) {
      connected.close();
    }
  }

  /** Closes the client, after what waits was written, and the socket. */
  @Override
  public void close() throws IOException {
    Connection connected = client;
    if (connected != null) {
      connected.finish();
    }
    listening.close();
  }
}
