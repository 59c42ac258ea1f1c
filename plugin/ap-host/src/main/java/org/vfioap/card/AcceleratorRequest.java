package org.vfioap.card;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.vfioap.card.ClearKeyRsa.Factors;

/**
 * A request of type 0x50: clear-key RSA of an accelerator, whose operands are as long as the key
 * block's format says: 1024, 2048 or 4096 bits.
 *
 * <p>Source: Linux 6.12 drivers/s390/crypto/zcrypt_msgtype50.c.
 */
final class AcceleratorRequest {
  static final int TYPE = 0x50;

  private static final int HEADER = 8;
  private static final int RESERVED = 6;
  private static final int REPLY_TYPE = 0x80;
  private static final int REPLY_HEADER = 16;
  private static final int SHORTEST = 128;
  private static final int CRT = 0x10;

  private AcceleratorRequest() {}

  /**
   * Carries out a request.
   *
   * @throws Refusal if it is not one, or its operands are wrong
   */
  static byte[] answer(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    if (message.length < HEADER + 2 + RESERVED || in.getShort(2) != message.length) {
      throw new Refusal(ErrorReply.MESSAGE_LENGTH);
    }
    int format = in.getShort(HEADER);
    int size = format & ~CRT;
    if (size < 1 || size > 3) {
      throw new Refusal(ErrorReply.FORMAT_FIELD);
    }
    in.position(HEADER + 2 + RESERVED);
    return reply(compute(in, (format & CRT) != 0, SHORTEST << (size - 1)));
  }

  private static byte[] compute(ByteBuffer in, boolean crt, int length) {
    try {
      return crt ? withFactors(in, length) : withExponent(in, length);
    } catch (BufferUnderflowException tooShort) {
      throw new Refusal(ErrorReply.MESSAGE_LENGTH);
    }
  }

  private static byte[] withExponent(ByteBuffer in, int length) {
    byte[] exponent = take(in, length);
    byte[] modulus = take(in, length);
    return ClearKeyRsa.power(take(in, length), exponent, modulus, length);
  }

  private static byte[] withFactors(ByteBuffer in, int length) {
    int half = length / 2;
    Factors key =
        new Factors(take(in, half), take(in, half), take(in, half), take(in, half), take(in, half));
    return ClearKeyRsa.power(take(in, length), key, length);
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static byte[] reply(byte[] result) {
    int length = REPLY_HEADER + result.length;
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put(1, (byte) REPLY_TYPE).putShort(2, (short) length);
    out.position(REPLY_HEADER);
    return out.put(result).array();
  }
}
