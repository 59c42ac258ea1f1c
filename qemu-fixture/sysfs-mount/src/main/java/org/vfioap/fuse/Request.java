package org.vfioap.fuse;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request of the kernel, in the buffer that it was read into.
 *
 * <p>Source: Linux include/uapi/linux/fuse.h, struct fuse_in_header. Reading beyond the end throws
 * {@link java.nio.BufferUnderflowException} or {@link IndexOutOfBoundsException}.
 */
final class Request {
  static final int HEADER = 40;

  private final ByteBuffer bytes;

  /** Takes a buffer whose limit is the end of the request and which is at least a header long. */
  Request(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  @Nullable Opcode opcode() {
    return Opcode.of(bytes.getInt(4));
  }

  long unique() {
    return bytes.getLong(8);
  }

  long node() {
    return bytes.getLong(16);
  }

  /** Returns the number of the thread that asks; 0 if it is in another pid namespace. */
  int thread() {
    return bytes.getInt(32);
  }

  /** Returns the number at an offset behind the header. */
  int intAt(int offset) {
    return bytes.getInt(HEADER + offset);
  }

  /** Returns the number at an offset behind the header. */
  long longAt(int offset) {
    return bytes.getLong(HEADER + offset);
  }

  /** Returns the bytes at an offset behind the header. */
  byte[] bytesAt(int offset, int length) {
    Objects.checkFromIndexSize(HEADER + offset, length, bytes.limit());
    byte[] data = new byte[length];
    bytes.get(HEADER + offset, data);
    return data;
  }

  /** Returns the name behind the header, without the zero byte that ends it. */
  String name() {
    int length = bytes.limit() - HEADER;
    byte[] data = bytesAt(0, length);
    int end = 0;
    while (end < length && data[end] != 0) {
      end++;
    }
    return Names.text(data, end);
  }
}
