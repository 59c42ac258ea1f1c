package org.vfioap.card;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.vfioap.ap.CardInfo;
import org.vfioap.ap.KeyRegister;
import org.vfioap.ap.KeyState;
import org.vfioap.ap.KeyValue;
import org.vfioap.ap.OperationMode;
import org.vfioap.ap.QueueInfo;

/**
 * A request of type 0x06 to an EP11 coprocessor: what it is, and what one of its domains is. All
 * others end with a return code.
 *
 * <p>Source: Linux 6.12 drivers/s390/crypto/zcrypt_ep11misc.c, ep11_query_info; struct ep11_cprb of
 * arch/s390/include/uapi/asm/zcrypt.h.
 */
final class Ep11Request {
  private static final int BLOCK = 32;
  private static final int VERSION = 0x04;
  private static final int RETURN_CODE = 16;
  private static final int PAYLOAD_LENGTH = 28;
  private static final int QUERY = 38;
  private static final int MODULE = 1;
  private static final int DOMAIN = 3;
  private static final int MODULE_LENGTH = 196;
  private static final int DOMAIN_LENGTH = 80;
  private static final int PATTERN = 32;
  private static final int REFUSED = 0x0001_0001;

  /** Tag and length of a number in the payload. */
  private static final short NUMBER = 0x0404;

  private final byte[] block;
  private final ByteBuffer in;

  private Ep11Request(byte[] block, ByteBuffer in) {
    this.block = block;
    this.in = in;
  }

  /**
   * Carries out a request.
   *
   * @param queue empty if nothing is known about the domain
   * @throws Refusal if it is no EP11 request
   */
  static byte[] answer(byte[] message, int domain, CardInfo card, Optional<QueueInfo> queue) {
    ByteBuffer in = ByteBuffer.wrap(message);
    int start = CoprocessorReply.REQUEST_HEADER;
    if (message.length < start + BLOCK) {
      throw new Refusal(ErrorReply.MESSAGE_LENGTH);
    }
    if (in.getShort(start) != BLOCK || in.get(start + 2) != VERSION) {
      throw new Refusal(ErrorReply.MALFORMED_MESSAGE);
    }
    byte[] block = new byte[BLOCK];
    in.position(start);
    in.get(block);
    return new Ep11Request(block, in).answer(domain, card, queue);
  }

  private byte[] answer(int domain, CardInfo card, Optional<QueueInfo> queue) {
    // 30 82, length; then function, domain, type and subtype of the query, each behind 04 04.
    if (in.remaining() < 4 + 4 * 6 || in.get() != 0x30 || in.get() != (byte) 0x82) {
      return refusal();
    }
    in.getShort();
    int function = number();
    int target = number();
    int type = number();
    if ((function & 0xffff) != QUERY) {
      return refusal();
    }
    return switch (type) {
      case MODULE -> reply(function, target, module(card));
      case DOMAIN ->
          queue.map(info -> reply(function, target, domain(domain, info))).orElse(refusal());
      default -> refusal();
    };
  }

  private int number() {
    in.getShort();
    return in.getInt();
  }

  private static byte[] module(CardInfo card) {
    ByteBuffer data = ByteBuffer.allocate(MODULE_LENGTH);
    data.putInt(0, (int) card.apiOrdinal()).putShort(8, (short) card.firmware());
    byte[] serial = card.serial().getBytes(StandardCharsets.US_ASCII);
    data.put(108, serial, 0, Math.min(16, serial.length));
    return data.putLong(140, modes(card.modes())).array();
  }

  private static long modes(Set<OperationMode> modes) {
    return modes.stream().mapToLong(OperationMode::bit).sum();
  }

  private static byte[] domain(int domain, QueueInfo info) {
    ByteBuffer data = ByteBuffer.allocate(DOMAIN_LENGTH);
    KeyValue current = info.key(KeyRegister.WK_CUR);
    KeyValue next = info.key(KeyRegister.WK_NEW);
    data.putInt(0, domain);
    putPattern(data, 4, current);
    putPattern(data, 4 + PATTERN, next);
    int flags = 0x10 | (current.state() == KeyState.VALID ? 0x02 : 0) | flags(next.state());
    return data.putInt(68, flags).putLong(72, modes(info.modes())).array();
  }

  private static int flags(KeyState state) {
    return switch (state) {
      case UNCOMMITTED -> 0x04;
      case COMMITTED -> 0x0c;
      case UNKNOWN, EMPTY, PARTIAL, FULL, INVALID, VALID -> 0;
    };
  }

  private static void putPattern(ByteBuffer data, int offset, KeyValue value) {
    byte[] pattern = HexFormat.of().parseHex(value.pattern());
    data.put(offset, pattern, 0, Math.min(PATTERN, pattern.length));
  }

  private byte[] reply(int function, int target, byte[] data) {
    int content = 3 * 6 + 4 + data.length;
    ByteBuffer payload = ByteBuffer.allocate(4 + content);
    payload.put((byte) 0x30).put((byte) 0x82).putShort((short) content);
    payload.putShort(NUMBER).putInt(function);
    payload.putShort(NUMBER).putInt(target);
    payload.putShort(NUMBER).putInt(0);
    payload.put((byte) 0x04).put((byte) 0x82).putShort((short) data.length).put(data);
    return reply(0, payload.array());
  }

  private byte[] refusal() {
    return reply(REFUSED, new byte[0]);
  }

  private byte[] reply(int code, byte[] payload) {
    ByteBuffer all = ByteBuffer.allocate(BLOCK + payload.length).put(block).put(payload);
    all.putInt(RETURN_CODE, code).putInt(PAYLOAD_LENGTH, payload.length);
    return CoprocessorReply.of(all.array());
  }
}
