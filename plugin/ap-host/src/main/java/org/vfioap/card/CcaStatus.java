package org.vfioap.card;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.vfioap.ap.CardInfo;
import org.vfioap.ap.KeyRegister;
import org.vfioap.ap.KeyState;
import org.vfioap.ap.KeyValue;
import org.vfioap.ap.QueueInfo;

/**
 * What FQ tells: the serial number, and state and verification pattern of each master key register.
 * A register of which nothing is known has the state 0.
 *
 * <p>Source: Linux 6.12 drivers/s390/crypto/zcrypt_ccamisc.c, fetch_cca_info.
 */
final class CcaStatus {
  private static final int WORD = 8;

  /**
   * Where a register stands.
   *
   * @param word of the first array, whose first character is the state
   * @param pattern in the second array
   */
  private record Place(int word, int pattern) {}

  private static final Map<KeyRegister, Place> IN_A =
      Map.of(
          KeyRegister.ASYM_NEW, new Place(4, 104),
          KeyRegister.ASYM_CUR, new Place(5, 84),
          KeyRegister.ASYM_OLD, new Place(6, 64),
          KeyRegister.AES_NEW, new Place(7, 196),
          KeyRegister.AES_CUR, new Place(8, 184),
          KeyRegister.AES_OLD, new Place(9, 172));

  private static final Map<KeyRegister, Place> IN_B =
      Map.of(
          KeyRegister.APKA_NEW, new Place(10, 232),
          KeyRegister.APKA_CUR, new Place(11, 220),
          KeyRegister.APKA_OLD, new Place(12, 208));

  private CcaStatus() {}

  /**
   * Returns the parameters of the answer.
   *
   * @param keyword what is asked for
   * @throws Refusal for any other keyword than STATICSA and STATICSB
   */
  static byte[] of(String keyword, CardInfo card, QueueInfo queue) {
    return switch (keyword) {
      case "STATICSA" -> parameters(IN_A, 10, 204, card, queue);
      case "STATICSB" -> parameters(IN_B, 13, 240, card, queue);
      default -> throw new Refusal(ErrorReply.FORMAT_FIELD);
    };
  }

  private static byte[] parameters(
      Map<KeyRegister, Place> places, int words, int length, CardInfo card, QueueInfo queue) {
    byte[] states = new byte[words * WORD];
    byte[] patterns = new byte[length];
    byte[] serial = card.serial().getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(serial, 0, states, 0, Math.min(WORD, serial.length));
    places.forEach((register, place) -> put(states, patterns, place, queue.key(register)));
    ByteBuffer parameters = ByteBuffer.allocate(6 + states.length + patterns.length);
    parameters.putShort((short) (2 + states.length)).put(states);
    parameters.putShort((short) (2 + patterns.length)).put(patterns);
    return parameters.putShort((short) 2).array();
  }

  private static void put(byte[] states, byte[] patterns, Place place, KeyValue value) {
    states[place.word() * WORD] = state(value.state());
    byte[] pattern = HexFormat.of().parseHex(value.pattern());
    System.arraycopy(pattern, 0, patterns, place.pattern(), pattern.length);
  }

  private static byte state(KeyState state) {
    return (byte)
        switch (state) {
          case UNKNOWN, UNCOMMITTED, COMMITTED -> '0';
          case EMPTY, INVALID -> '1';
          case PARTIAL, VALID -> '2';
          case FULL -> '3';
        };
  }
}
