package org.vfioap.card;

import java.nio.ByteBuffer;

/**
 * A reply of type 0x86: a header, the control block with its parameters, and data.
 *
 * <p>Source: Linux 6.12 drivers/s390/crypto/zcrypt_msgtype6.h, struct type86_hdr and
 * type86_fmt2_ext.
 */
final class CoprocessorReply {
  /** Where the control block begins in a request. */
  static final int REQUEST_HEADER = 0x58;

  private static final int TYPE = 0x86;
  private static final int FORMAT = 2;
  private static final int HEADER = 48;
  private static final int COUNT1 = 16;
  private static final int OFFSET1 = 20;
  private static final int COUNT2 = 24;
  private static final int OFFSET2 = 28;

  private CoprocessorReply() {}

  static byte[] of(byte[] block) {
    return of(block, new byte[0]);
  }

  static byte[] of(byte[] block, byte[] data) {
    ByteBuffer reply = ByteBuffer.allocate(HEADER + block.length + data.length);
    reply.put(1, (byte) TYPE).put(2, (byte) FORMAT);
    reply.putInt(COUNT1, block.length).putInt(OFFSET1, HEADER);
    // Linux 6.1 takes the second offset for the length of a reply without data.
    reply.putInt(COUNT2, data.length).putInt(OFFSET2, HEADER + block.length);
    reply.position(HEADER);
    return reply.put(block).put(data).array();
  }
}
