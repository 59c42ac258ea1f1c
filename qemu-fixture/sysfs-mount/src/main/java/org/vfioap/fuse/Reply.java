package org.vfioap.fuse;

import java.nio.ByteBuffer;

/**
 * The answer to one request: a header and whatever is put behind it.
 *
 * <p>Source: Linux include/uapi/linux/fuse.h, struct fuse_out_header.
 */
final class Reply {
  static final int HEADER = 16;

  private final ByteBuffer bytes;

  Reply(ByteBuffer bytes) {
    this.bytes = bytes;
    bytes.clear().position(HEADER);
  }

  Reply put(int value) {
    bytes.putInt(value);
    return this;
  }

  Reply put(long value) {
    bytes.putLong(value);
    return this;
  }

  Reply put(byte[] data) {
    bytes.put(data);
    return this;
  }

  Reply zeros(int count) {
    bytes.put(new byte[count]);
    return this;
  }

  /** Replaces what was put at a position. */
  Reply set(int position, long value) {
    bytes.putLong(position, value);
    return this;
  }

  /** Replaces what was put at a position. */
  Reply set(int position, int value) {
    bytes.putInt(position, value);
    return this;
  }

  int length() {
    return bytes.position();
  }

  /** Takes back everything behind the header. */
  void clear() {
    bytes.clear().position(HEADER);
  }

  /** Writes the header; {@code errno} 0 is success. */
  void finish(long unique, int errno) {
    if (errno != 0) {
      clear();
    }
    bytes.putInt(0, length()).putInt(4, -errno).putLong(8, unique);
  }
}
