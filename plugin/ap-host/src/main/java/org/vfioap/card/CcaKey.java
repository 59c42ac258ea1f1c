package org.vfioap.card;

import java.nio.ByteBuffer;
import org.vfioap.card.ClearKeyRsa.Factors;

/**
 * A key in the clear, as Linux wraps it for CCA coprocessors.
 *
 * <p>Source: Linux 6.12 drivers/s390/crypto/zcrypt_cca_key.h.
 */
final class CcaKey {
  /** The key block's header and that of the token. */
  private static final int HEADERS = 6 + 8;

  private static final int EXPONENT_LENGTH = 6;
  private static final int MODULUS_LENGTH = 10;
  private static final int PUBLIC_SECTION = 12;
  private static final int FACTOR_LENGTHS = 54;
  private static final int PRIVATE_SECTION = 132;
  private static final int LONGEST = 1024;

  private CcaKey() {}

  /** Returns the text to the power of the exponent; the key has a public section alone. */
  static byte[] withExponent(ByteBuffer in, byte[] text) {
    skip(in, HEADERS);
    int start = in.position();
    int exponent = length(in, start + EXPONENT_LENGTH);
    int modulus = length(in, start + MODULUS_LENGTH);
    skip(in, PUBLIC_SECTION);
    byte[] power = take(in, exponent);
    return ClearKeyRsa.power(text, power, take(in, modulus), text.length);
  }

  /** Returns the text to the power of the private exponent; the key has its factors. */
  static byte[] withFactors(ByteBuffer in, byte[] text) {
    skip(in, HEADERS);
    int lengths = in.position() + FACTOR_LENGTHS;
    int[] sizes = new int[5];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = length(in, lengths + 2 * i);
    }
    skip(in, PRIVATE_SECTION);
    Factors key =
        new Factors(
            take(in, sizes[0]),
            take(in, sizes[1]),
            take(in, sizes[2]),
            take(in, sizes[3]),
            take(in, sizes[4]));
    return ClearKeyRsa.power(text, key, text.length);
  }

  private static void skip(ByteBuffer in, int length) {
    take(in, length);
  }

  private static int length(ByteBuffer in, int position) {
    if (position + 2 > in.limit()) {
      throw new Refusal(ErrorReply.MESSAGE_LENGTH);
    }
    int length = in.getShort(position) & 0xffff;
    if (length > LONGEST) {
      throw new Refusal(ErrorReply.OPERAND_INVALID);
    }
    return length;
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
