package org.vfioap.card;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * RSA with a key in the clear, as accelerators compute it: no padding, no protection of any kind.
 *
 * <p>Source: the rules of modular exponentiation and of the Chinese remainder theorem with the
 * inverse of q, as struct ica_rsa_modexpo and ica_rsa_modexpo_crt of Linux describe the operands.
 */
final class ClearKeyRsa {
  private ClearKeyRsa() {}

  /**
   * Returns message to the power of the exponent, in as many bytes as asked for.
   *
   * @throws Refusal if the modulus is zero or even, or not larger than the message
   */
  static byte[] power(byte[] message, byte[] exponent, byte[] modulus, int length) {
    BigInteger n = new BigInteger(1, modulus);
    BigInteger m = new BigInteger(1, message);
    checkModulus(n);
    if (m.compareTo(n) >= 0) {
      throw new Refusal(ErrorReply.OPERAND_INVALID);
    }
    return padded(m.modPow(new BigInteger(1, exponent), n), length);
  }

  private static void checkModulus(BigInteger n) {
    if (n.signum() == 0) {
      throw new Refusal(ErrorReply.OPERAND_INVALID);
    }
    if (!n.testBit(0)) {
      throw new Refusal(ErrorReply.EVEN_MODULUS);
    }
  }

  /** The parts of a private key that save most of the work. */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  record Factors(byte[] p, byte[] q, byte[] dp, byte[] dq, byte[] inverse) {}

  /**
   * Returns the message to the power of the private exponent, in as many bytes as asked for.
   *
   * @throws Refusal if a factor is zero or even, or the message not smaller than their product
   */
  static byte[] power(byte[] message, Factors key, int length) {
    BigInteger p = new BigInteger(1, key.p());
    BigInteger q = new BigInteger(1, key.q());
    checkModulus(p);
    checkModulus(q);
    BigInteger m = new BigInteger(1, message);
    if (m.compareTo(p.multiply(q)) >= 0) {
      throw new Refusal(ErrorReply.OPERAND_INVALID);
    }
    BigInteger ofP = m.modPow(new BigInteger(1, key.dp()), p);
    BigInteger ofQ = m.modPow(new BigInteger(1, key.dq()), q);
    BigInteger difference = ofP.subtract(ofQ).multiply(new BigInteger(1, key.inverse())).mod(p);
    return padded(difference.multiply(q).add(ofQ), length);
  }

  private static byte[] padded(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    int excess = bytes.length - length;
    if (excess >= 0) {
      return Arrays.copyOfRange(bytes, excess, bytes.length);
    }
    byte[] padded = new byte[length];
    System.arraycopy(bytes, 0, padded, -excess, bytes.length);
    return padded;
  }
}
