package org.vfioap.qemu.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A connected Unix socket that carries lines of UTF-8. */
public final class LineSocket implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final SocketChannel channel;
  private final Selector selector;
  private final ByteBuffer input = ByteBuffer.allocate(BUFFER).limit(0);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private LineSocket(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.selector = Selector.open();
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ);
  }

  /**
   * Connects to the socket at {@code path}.
   *
   * @throws IOException if nothing listens there
   */
  public static LineSocket connect(Path path) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(path));
      return new LineSocket(channel);
    } catch (IOException refused) {
      channel.close();
      throw refused;
    }
  }

  /** Sends {@code text} as it is. */
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends {@code bytes} as they are. */
  public void send(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (channel.write(buffer) == 0) {
        await(SelectionKey.OP_WRITE, 0);
      }
    }
  }

  private void await(int operation, long millis) throws IOException {
    SelectionKey key = channel.keyFor(selector);
    if (key == null) {
      throw new ConnectionLostException("the connection is closed");
    }
    key.interestOps(operation);
    selector.select(millis);
    selector.selectedKeys().clear();
    key.interestOps(SelectionKey.OP_READ);
  }

  /**
   * Waits for the next line and returns it without its end.
   *
   * @throws ConnectionLostException if the peer closed the connection
   */
  public String receive() throws IOException {
    while (true) {
      Optional<String> complete = buffered();
      if (complete.isPresent()) {
        return complete.get();
      }
      fill(0);
    }
  }

  /**
   * Waits for the next line as long as {@code patience}; returns nothing if it does not come.
   *
   * @throws ConnectionLostException if the peer closed the connection
   */
  public Optional<String> receive(Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    Optional<String> complete = buffered();
    while (complete.isEmpty()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return complete;
      }
      fill(left);
      complete = buffered();
    }
    return complete;
  }

  private Optional<String> buffered() {
    while (input.hasRemaining()) {
      byte b = input.get();
      if (b == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
      }
      line.write(b);
    }
    return Optional.empty();
  }

  private void fill(long millis) throws IOException {
    input.clear();
    int count = channel.read(input);
    input.flip();
    if (count < 0) {
      throw new ConnectionLostException("the monitor closed the connection");
    }
    if (count == 0) {
      await(SelectionKey.OP_READ, millis);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    selector.close();
  }
}
