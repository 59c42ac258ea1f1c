package org.vfioap.plugin;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.vfioap.processor.Outcome;
import org.vfioap.processor.Outcome.Executed;
import org.vfioap.processor.Processor;
import org.vfioap.processor.Registers;

/** What one virtual CPU asks, and is answered; ap-plugin.c describes the bytes. */
final class Conversation {
  static final int VERSION = 1;

  private static final byte[] MARK = "VFAP".getBytes(StandardCharsets.US_ASCII);
  private static final int REQUEST = 64;
  private static final int ANSWER = 80;
  private static final int LONGEST = 1 << 16;
  private static final int NQAP = 2;
  private static final int DQAP = 3;

  private final SocketChannel channel;
  private final Processor processor;
  private final ChangePage page;
  private final ByteBuffer in = ByteBuffer.allocateDirect(REQUEST + LONGEST);
  private final ByteBuffer out = ByteBuffer.allocateDirect(ANSWER + LONGEST);

  Conversation(SocketChannel channel, Processor processor, ChangePage page) {
    this.channel = channel;
    this.processor = processor;
    this.page = page;
  }

  /** Answers until the other side ends. */
  void hold() throws IOException {
    if (!greet()) {
      return;
    }
    while (read(REQUEST)) {
      answer();
    }
  }

  /** Returns false if the plugin is of another version, or none at all. */
  private boolean greet() throws IOException {
    if (!read(MARK.length + 4)) {
      return false;
    }
    byte[] mark = new byte[MARK.length];
    in.get(mark);
    boolean fits = Arrays.equals(mark, MARK) && in.getShort() == VERSION;
    out.clear();
    out.put(MARK).putShort((short) VERSION).putShort((short) (fits ? 0 : 1));
    byte[] path = page.file().toString().getBytes(StandardCharsets.UTF_8);
    out.put(processor.facilities()).putShort((short) path.length).put(path);
    send();
    return fits;
  }

  /** Reads so many bytes; false if the other side has ended before the first one. */
  private boolean read(int length) throws IOException {
    in.clear().limit(length);
    while (in.hasRemaining()) {
      if (channel.read(in) < 0) {
        if (in.position() == 0) {
          return false;
        }
        throw new EOFException("a plugin ended within a request");
      }
    }
    in.flip();
    return true;
  }

  private void send() throws IOException {
    out.flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  private void answer() throws IOException {
    int instruction = in.get(0);
    int length = Math.min(Math.max(in.getInt(4), 0), LONGEST);
    in.position(8);
    Registers before =
        new Registers(
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong());
    byte[] message = new byte[length];
    if (read(length)) {
      in.get(message);
    }
    // Before the answer is made: what changes meanwhile makes it stale.
    long count = page.count();
    Outcome outcome =
        switch (instruction) {
          case NQAP -> processor.nqap(before, message);
          case DQAP -> processor.dqap(before);
          default -> processor.pqap(before);
        };
    out.clear();
    if (outcome instanceof Executed executed) {
      put(before, executed, count);
    } else {
      out.put(new byte[ANSWER]);
    }
    send();
  }

  private void put(Registers before, Executed executed, long count) {
    Registers now = executed.registers();
    byte[] stored = executed.store().map(Outcome.Store::bytes).orElse(new byte[0]);
    out.put((byte) 1)
        .put((byte) executed.condition())
        .put((byte) (executed.repeatable() ? 1 : 0))
        .put(changed(before, now))
        .putInt(stored.length)
        .putLong(count);
    for (long value : values(now)) {
      out.putLong(value);
    }
    out.putLong(executed.store().map(Outcome.Store::address).orElse(0L)).put(stored);
  }

  private static byte changed(Registers before, Registers now) {
    long[] old = values(before);
    long[] values = values(now);
    int bits = 0;
    for (int i = 0; i < values.length; i++) {
      bits |= old[i] == values[i] ? 0 : 1 << i;
    }
    return (byte) bits;
  }

  private static long[] values(Registers r) {
    return new long[] {
      r.r0(), r.r1(), r.r2(), r.firstEven(), r.firstOdd(), r.secondEven(), r.secondOdd()
    };
  }
}
