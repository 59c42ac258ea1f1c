package org.vfioap.qemu.qmp;

import java.io.ByteArrayOutputStream;

/**
 * A character device that keeps the last bytes. Source: chardev/char-ringbuf.c of QEMU 7.2.
 *
 * <p>Whose size is zero has the usual one.
 */
public final class RingBuffer {
  private static final int USUAL_SIZE = 65536;

  private final byte[] ring;
  private long produced;
  private long consumed;

  private RingBuffer(int size) {
    this.ring = new byte[size];
  }

  /** Returns an empty buffer of {@code size} bytes. */
  public static RingBuffer ofSize(long size) {
    return new RingBuffer(size == 0 ? USUAL_SIZE : (int) Math.min(size, 1 << 24));
  }

  void write(byte[] bytes) {
    for (byte each : bytes) {
      ring[(int) (produced++ % ring.length)] = each;
      if (produced - consumed > ring.length) {
        consumed = produced - ring.length;
      }
    }
  }

  byte[] read(long size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (long left = size; left > 0 && consumed < produced; left--) {
      out.write(ring[(int) (consumed++ % ring.length)]);
    }
    return out.toByteArray();
  }
}
