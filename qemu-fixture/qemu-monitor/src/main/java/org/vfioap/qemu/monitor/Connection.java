package org.vfioap.qemu.monitor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** A connected client: bytes in, bytes out; what it does not take at once waits. */
final class Connection implements Protocol.Client, EventLoop.Ready {
  private static final int INPUT = 1 << 16;
  private static final int PENDING_LIMIT = 16 << 20;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final MonitorServer server;
  private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT);
  private final Deque<ByteBuffer> pending = new ArrayDeque<>();
  private long pendingBytes;
  private Protocol.Session session = Protocol.Session.NONE;
  private boolean batching;
  private final ByteArrayOutputStream batch = new ByteArrayOutputStream();

  Connection(EventLoop loop, SocketChannel channel, MonitorServer server) throws IOException {
    this.channel = channel;
    this.server = server;
    this.key = loop.watch(channel, SelectionKey.OP_READ, this);
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
    input.clear();
    if (channel.read(input) < 0) {
      close();
      return;
    }
    input.flip();
    batching = true;
    while (input.hasRemaining() && channel.isOpen()) {
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
    batch.write(bytes, 0, bytes.length);
    if (!batching || batch.size() > INPUT) {
      send();
    }
  }

  private void send() {
    if (batch.size() > 0) {
      byte[] bytes = batch.toByteArray();
      batch.reset();
      put(ByteBuffer.wrap(bytes));
    }
  }

  private void put(ByteBuffer bytes) {
    if (!channel.isOpen()) {
      return;
    }
    try {
      if (pending.isEmpty()) {
        channel.write(bytes);
      }
    } catch (IOException lost) {
      close();
      return;
    }
    if (bytes.hasRemaining()) {
      pending.add(bytes);
      pendingBytes += bytes.remaining();
      watch();
    }
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

  void close() {
    if (channel.isOpen()) {
      try {
        channel.close();
      } catch (IOException ignoredAtTheEnd) {
        pending.clear();
      }
      server.disconnected();
    }
  }
}
