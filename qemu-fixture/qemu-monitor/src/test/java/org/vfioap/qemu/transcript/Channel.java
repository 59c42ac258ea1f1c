package org.vfioap.qemu.transcript;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client's end of a monitor; text is kept one character per byte. */
final class Channel implements AutoCloseable {
  private static final long PATIENCE_MS = Long.getLong("vfioap.patience.ms", 10_000);

  private final SocketChannel socket;
  private final Selector selector;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private boolean ended;

  private Channel(SocketChannel socket, Selector selector) {
    this.socket = socket;
    this.selector = selector;
  }

  static Channel connect(Path path) throws IOException {
    SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    socket.connect(UnixDomainSocketAddress.of(path));
    socket.configureBlocking(false);
    Selector selector = Selector.open();
    socket.register(selector, SelectionKey.OP_READ);
    return new Channel(socket, selector);
  }

  void send(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (socket.write(buffer) == 0) {
        fill(1);
      }
    }
  }

  private boolean fill(long millis) throws IOException {
    if (ended || selector.select(millis) == 0) {
      return false;
    }
    selector.selectedKeys().clear();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try {
      ended = socket.read(buffer) < 0;
    } catch (IOException reset) {
      ended = true;
    }
    received.write(buffer.array(), 0, buffer.position());
    return !ended;
  }

  /** Returns the next line with its end; what came so far if none comes. */
  String line() throws IOException {
    return take(Pattern.compile("[^\n]*\n"));
  }

  /** Returns the next bytes that match; what came so far if they never do. */
  String take(Pattern pattern) throws IOException {
    long end = System.nanoTime() + PATIENCE_MS * 1_000_000;
    while (true) {
      String text = received.toString(StandardCharsets.ISO_8859_1);
      Matcher matcher = pattern.matcher(text);
      if (matcher.lookingAt()) {
        keep(text.substring(matcher.end()));
        return matcher.group();
      }
      if (System.nanoTime() > end || (!fill(100) && ended)) {
        return text;
      }
    }
  }

  private void keep(String rest) {
    received.reset();
    byte[] bytes = rest.getBytes(StandardCharsets.ISO_8859_1);
    received.write(bytes, 0, bytes.length);
  }

  /** Returns what comes within {@code millis}. */
  String drain(long millis) throws IOException {
    boolean more = fill(millis);
    while (more) {
      more = fill(millis);
    }
    String text = received.toString(StandardCharsets.ISO_8859_1);
    received.reset();
    return text;
  }

  boolean hasEnded() throws IOException {
    return ended || (!fill(PATIENCE_MS) && ended);
  }

  @Override
  public void close() throws IOException {
    selector.close();
    socket.close();
  }
}
