package org.vfioap.qemu.monitor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.vfioap.qemu.descriptor.AncillaryInput;
import org.vfioap.qemu.host.SocketText;

/** A connected client: bytes in, bytes out; what it does not take at once waits. */
final class Connection implements Protocol.Client, EventLoop.Ready {
  private static final int BATCH = 1 << 16;
  private static final int PENDING_LIMIT = 16 << 20;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final EventLoop loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Runnable farewell;
  private final Deque<ByteBuffer> pending = new ArrayDeque<>();
  private boolean expecting;
  private Optional<AncillaryInput> ancillary = Optional.empty();
  private long pendingBytes;
  private ByteBuffer unread = NOTHING;
  private Protocol.Session session = Protocol.Session.NONE;
  private boolean batching;
  private byte[] batch = new byte[512];
  private int batched;

  Connection(EventLoop loop, SocketChannel channel, Runnable farewell) throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.farewell = farewell;
    this.key = loop.watch(channel, SelectionKey.OP_READ, this);
  }

  /** Returns who is connected, as text behind the socket's own address. */
  String peer() {
    return SocketText.peer(channel);
  }

  /** Expects descriptors with the messages, from the first one on. */
  void expectDescriptors() {
    expecting = true;
  }

  void deliverTo(Protocol.Session newSession) {
    session = newSession;
  }

  @Override
  public void ready(SelectionKey ready) {
    try {
      if (ready.isWritable()) {
        flush();
      }
      if (ready.isValid() && ready.isReadable()) {
        read();
      }
    } catch (IOException lost) {
      close();
    }
  }

  private void read() throws IOException {
    ByteBuffer input = loop.input();
    if (expecting) {
      expecting = false;
      ancillary = AncillaryInput.of(channel);
    }
    if (ancillary.isPresent() && ancillary.get().isWaiting()) {
      session.passed(ancillary.get().read(input));
    } else if (channel.read(input) < 0) {
      close();
      return;
    }
    consume(input.flip());
    if (input.hasRemaining()) {
      unread = ByteBuffer.allocate(input.remaining()).put(input).flip();
    }
  }

  /** Hands on input, but not so much that the answers fill the memory. */
  private void consume(ByteBuffer input) {
    batching = true;
    while (input.hasRemaining() && channel.isOpen() && pendingBytes <= PENDING_LIMIT) {
      session.receive(input.get());
    }
    batching = false;
    send();
  }

  @Override
  public void write(String text) {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes; during the handling of one packet they are collected and sent in one piece. */
  @Override
  public void writeBytes(byte[] bytes) {
    if (batched + bytes.length > BATCH) {
      send();
    }
    if (bytes.length > BATCH) {
      put(bytes, bytes.length);
      return;
    }
    collect(bytes);
    if (!batching) {
      send();
    }
  }

  private void collect(byte[] bytes) {
    int length = batched + bytes.length;
    if (length > batch.length) {
      batch = Arrays.copyOf(batch, Math.max(length, 2 * batch.length));
    }
    System.arraycopy(bytes, 0, batch, batched, bytes.length);
    batched = length;
  }

  private void send() {
    int length = batched;
    batched = 0;
    if (length > 0) {
      put(batch, length);
    }
  }

  private void put(byte[] bytes, int length) {
    if (!channel.isOpen()) {
      return;
    }
    int written = 0;
    try {
      if (pending.isEmpty()) {
        written = writeNow(bytes, length);
      }
    } catch (IOException lost) {
      close();
      return;
    }
    if (written < length) {
      pending.add(ByteBuffer.wrap(Arrays.copyOfRange(bytes, written, length)));
      pendingBytes += length - written;
      watch();
    }
  }

  /** Returns how much the client's socket took. */
  private int writeNow(byte[] bytes, int length) throws IOException {
    ByteBuffer output = loop.output();
    int written = 0;
    boolean room = true;
    while (room && written < length) {
      output.clear();
      output.put(bytes, written, Math.min(output.capacity(), length - written)).flip();
      written += channel.write(output);
      room = !output.hasRemaining();
    }
    return written;
  }

  private void flush() throws IOException {
    while (!pending.isEmpty()) {
      ByteBuffer next = pending.element();
      pendingBytes -= channel.write(next);
      if (next.hasRemaining()) {
        break;
      }
      pending.remove();
    }
    consume(unread);
    watch();
  }

  /** A client that does not read is not read from either. */
  private void watch() {
    int write = pending.isEmpty() ? 0 : SelectionKey.OP_WRITE;
    int read = pendingBytes > PENDING_LIMIT ? 0 : SelectionKey.OP_READ;
    if (key.isValid()) {
      key.interestOps(read | write);
    }
  }

  /** Sends what waits, blocking, and closes. */
  void finish() {
    send();
    try {
      key.cancel();
      channel.configureBlocking(true);
      for (ByteBuffer bytes : pending) {
        channel.write(bytes);
      }
    } catch (IOException | RuntimeException gone) {
      pending.clear();
    }
    close();
  }

  @Override
  public void close() {
    if (channel.isOpen()) {
      try {
        if (ancillary.isPresent()) {
          ancillary.get().close();
        }
        channel.close();
      } catch (IOException ignoredAtTheEnd) {
        pending.clear();
      }
      farewell.run();
    }
  }
}
