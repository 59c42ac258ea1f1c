package org.vfioap.qemu.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A connected Unix socket that carries lines of UTF-8. */
public final class LineSocket implements AutoCloseable {
  private final SocketChannel channel;
  private final BufferedReader reader;

  private LineSocket(SocketChannel channel) {
    this.channel = channel;
    this.reader =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
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
    } catch (IOException refused) {
      channel.close();
      throw refused;
    }
    return new LineSocket(channel);
  }

  /** Sends {@code text} as it is. */
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends {@code bytes} as they are. */
  public void send(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /**
   * Waits for the next line and returns it without its end.
   *
   * @throws ConnectionLostException if the peer closed the connection
   */
  public String receive() throws IOException {
    String line = reader.readLine();
    if (line == null) {
      throw new ConnectionLostException("the monitor closed the connection");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
