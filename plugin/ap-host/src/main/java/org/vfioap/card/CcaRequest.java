package org.vfioap.card;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.vfioap.ap.CardInfo;
import org.vfioap.ap.QueueInfo;

/**
 * A request of type 0x06 to a CCA coprocessor: random numbers (RL), clear-key RSA (PK and PD), and
 * questions about its state (FQ). All others end with return code 8.
 *
 * <p>Source: Linux 6.12 drivers/s390/crypto/zcrypt_msgtype6.c, zcrypt_cca_key.h and
 * zcrypt_ccamisc.c; struct CPRBX of arch/s390/include/uapi/asm/zcrypt.h.
 */
final class CcaRequest {
  static final int TYPE = 0x06;

  private static final int BLOCK = 220;
  private static final int VERSION = 0x02;
  private static final int REPLY_PARAMETERS = 24;
  private static final int REPLY_DATA_WANTED = 28;
  private static final int REPLY_DATA = 32;
  private static final int RETURN_CODE = 144;
  private static final int REASON_CODE = 146;
  private static final int RULE = 8;
  private static final int MOST_RANDOM = 8192;

  /** Linux makes EINVAL of it and leaves the queue online. */
  private static final int REFUSED = 8;

  private static final int REFUSED_BECAUSE = 66;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] block = new byte[BLOCK];
  private final ByteBuffer in;
  private final CardInfo card;
  private final QueueInfo queue;

  private CcaRequest(ByteBuffer in, CardInfo card, QueueInfo queue) {
    this.in = in;
    this.card = card;
    this.queue = queue;
  }

  /**
   * Carries out a request.
   *
   * @throws Refusal if it is no CCA request
   */
  static byte[] answer(byte[] message, CardInfo card, QueueInfo queue) {
    ByteBuffer in = ByteBuffer.wrap(message);
    int start = CoprocessorReply.REQUEST_HEADER;
    if (message.length < start + BLOCK + 2) {
      throw new Refusal(ErrorReply.MESSAGE_LENGTH);
    }
    if (in.getShort(start) != BLOCK || in.get(start + 2) != VERSION) {
      throw new Refusal(ErrorReply.MALFORMED_MESSAGE);
    }
    in.position(start);
    CcaRequest request = new CcaRequest(in, card, queue);
    in.get(request.block);
    return request.answer();
  }

  private byte[] answer() {
    byte[] function = take(2);
    try {
      return switch (new String(function, StandardCharsets.US_ASCII)) {
        case "RL" -> random(function);
        case "FQ" -> reply(function, CcaStatus.of(rule(), card, queue));
        case "PK" -> rsa(function, CcaKey::withExponent);
        case "PD" -> rsa(function, CcaKey::withFactors);
        default -> refusal(function);
      };
    } catch (BufferUnderflowException | Refusal wrong) {
      return refusal(function);
    }
  }

  private byte[] take(int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  /** Returns the first keyword of the rules, and moves behind all of them. */
  private String rule() {
    int length = in.getShort() & 0xffff;
    byte[] rules = take(Math.max(0, length - 2));
    return new String(rules, StandardCharsets.US_ASCII).substring(0, Math.min(RULE, rules.length));
  }

  private byte[] random(byte[] function) {
    int length = ByteBuffer.wrap(block).getInt(REPLY_DATA_WANTED);
    byte[] numbers = new byte[Math.min(Math.max(length, 0), MOST_RANDOM)];
    RANDOM.nextBytes(numbers);
    ByteBuffer.wrap(block).putInt(REPLY_DATA, numbers.length);
    return CoprocessorReply.of(block(function, new byte[] {0, 2, 0, 2}), numbers);
  }

  /** An operation with the key that follows the text. */
  private interface Operation {
    byte[] apply(ByteBuffer key, byte[] text);
  }

  private byte[] rsa(byte[] function, Operation operation) {
    String rule = rule();
    if (rule.startsWith("PKCS")) {
      return refusal(function);
    }
    byte[] text = take(Math.max(0, (in.getShort() & 0xffff) - 2));
    byte[] result = operation.apply(in, text);
    ByteBuffer parameters = ByteBuffer.allocate(2 + 2 + result.length + 2);
    parameters.putShort((short) 2).putShort((short) (2 + result.length)).put(result);
    return reply(function, parameters.putShort((short) 2).array());
  }

  private byte[] reply(byte[] function, byte[] parameters) {
    return CoprocessorReply.of(block(function, parameters));
  }

  private byte[] block(byte[] function, byte[] parameters) {
    ByteBuffer all = ByteBuffer.allocate(BLOCK + function.length + parameters.length);
    all.put(block).put(function).put(parameters);
    return all.putInt(REPLY_PARAMETERS, function.length + parameters.length).array();
  }

  private byte[] refusal(byte[] function) {
    ByteBuffer.wrap(block)
        .putShort(RETURN_CODE, (short) REFUSED)
        .putShort(REASON_CODE, (short) REFUSED_BECAUSE);
    return reply(function, new byte[] {0, 2, 0, 2, 0, 2, 0, 2});
  }
}
