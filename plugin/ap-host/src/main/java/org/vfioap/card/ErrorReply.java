package org.vfioap.card;

/**
 * A reply of type 0x82: why a request was not carried out.
 *
 * <p>Source: Linux 6.12 drivers/s390/crypto/zcrypt_error.h.
 */
enum ErrorReply {
  /** This kind of adapter does not know such requests. */
  MESSAGE_TYPE(0x20),
  FORMAT_FIELD(0x29),
  MALFORMED_MESSAGE(0x40),
  MESSAGE_LENGTH(0x80),
  OPERAND_INVALID(0x82),
  EVEN_MODULUS(0x85);

  private static final int LENGTH = 8;
  private static final int TYPE = 0x82;

  private final int code;

  ErrorReply(int code) {
    this.code = code;
  }

  byte[] message() {
    byte[] reply = new byte[LENGTH];
    reply[1] = (byte) TYPE;
    reply[4] = (byte) code;
    return reply;
  }
}
