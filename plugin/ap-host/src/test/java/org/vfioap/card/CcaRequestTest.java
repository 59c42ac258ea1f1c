package org.vfioap.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.KeyRegister;

/**
 * Requests of type 0x06 to adapter 5, a CCA coprocessor with a serial number and a key in domain 4.
 *
 * <p>Offsets are those of Linux 6.12 struct type6_hdr, CPRBX and fetch_cca_info.
 */
final class CcaRequestTest {
  private static final int BLOCK = 88;
  private static final int PARAMETERS = BLOCK + 220;
  private static final int REPLY_PARAMETERS = 48 + 220;

  private final ApHardware hardware =
      ApHardware.create()
          .cardInfo(AdapterId.of(5), info -> info.withSerial("93AABHEG"))
          .queueInfo(
              Apqn.of(5, 4),
              info ->
                  info.with(
                      KeyRegister.AES_CUR, KeyRegister.AES_CUR.value("valid 0x00fb53ecf0bf7ca2")));
  private final Firmware firmware = new Firmware(hardware);

  private static byte[] request(String function, byte[] parameters) {
    ByteBuffer request = ByteBuffer.allocate(PARAMETERS + 2 + parameters.length);
    request.put(1, (byte) 6).putInt(16, BLOCK).putShort(BLOCK, (short) 220);
    request.put(BLOCK + 2, (byte) 2).putInt(BLOCK + 28, 64);
    request.position(PARAMETERS);
    request.put(function.getBytes(StandardCharsets.US_ASCII)).put(parameters);
    return request.array();
  }

  private static byte[] rules(String keyword) {
    ByteBuffer rules = ByteBuffer.allocate(10);
    return rules.putShort((short) 10).put(keyword.getBytes(StandardCharsets.US_ASCII)).array();
  }

  private ByteBuffer answer(int domain, byte[] request) {
    ByteBuffer reply = ByteBuffer.wrap(firmware.answer(5, domain, request));
    assertThat(reply.get(1)).isEqualTo((byte) 0x86);
    assertThat(reply.getInt(20)).isEqualTo(48);
    return reply;
  }

  private static int returnCode(ByteBuffer reply) {
    return reply.getShort(48 + 144);
  }

  private static String text(ByteBuffer reply, int from, int length) {
    byte[] bytes = new byte[length];
    reply.get(from, bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Test
  void givesRandomNumbers() {
    ByteBuffer reply = answer(4, request("RL", rules("RANDOM  ")));

    assertThat(returnCode(reply)).isZero();
    assertThat(reply.getInt(24)).isEqualTo(64);
    assertThat(reply.capacity()).isEqualTo(reply.getInt(28) + 64);
  }

  @Test
  void tellsSerialNumberAndKeys() {
    ByteBuffer reply = answer(4, request("FQ", rules("STATICSA")));

    int first = REPLY_PARAMETERS + 4;
    int second = first + 80 + 2;
    assertThat(text(reply, first, 8)).isEqualTo("93AABHEG");
    assertThat(text(reply, first + 8 * 8, 1)).isEqualTo("2");
    assertThat(text(reply, first + 7 * 8, 1)).isEqualTo("1");
    assertThat(reply.getLong(second + 184)).isEqualTo(0x00fb53ecf0bf7ca2L);
    assertThat(reply.getInt(16)).isEqualTo(reply.capacity() - 48);
  }

  @Test
  void tellsNothingOfADomainWithoutInformation() {
    ByteBuffer reply = answer(7, request("FQ", rules("STATICSB")));

    assertThat(text(reply, REPLY_PARAMETERS + 4 + 80, 1)).isEqualTo("0");
  }

  @Test
  void computesWithAPublicKey() {
    ByteBuffer parameters = ByteBuffer.allocate(10 + 2 + 4 + 6 + 8 + 12 + 8);
    parameters.put(rules("MRP     ")).putShort((short) 6).putInt(5);
    parameters.position(10 + 6 + 6 + 8);
    parameters.put((byte) 4).position(10 + 6 + 6 + 8 + 6);
    parameters.putShort((short) 4).putShort((short) 32).putShort((short) 4).putInt(3).putInt(77);

    ByteBuffer reply = answer(4, request("PK", parameters.array()));

    assertThat(returnCode(reply)).isZero();
    assertThat(reply.getShort(REPLY_PARAMETERS + 4)).isEqualTo((short) 6);
    assertThat(reply.getInt(REPLY_PARAMETERS + 6)).isEqualTo(125 % 77);
    assertThat(reply.capacity()).isEqualTo(REPLY_PARAMETERS + 6 + 6);
  }

  @Test
  void refusesWhatNeedsASecureKey() {
    assertThat(returnCode(answer(4, request("KG", rules("AES     "))))).isEqualTo(8);
  }

  @Test
  void refusesKeysThatAreNotWhole() {
    assertThat(returnCode(answer(4, request("PK", rules("MRP     "))))).isEqualTo(8);
    assertThat(returnCode(answer(4, request("PD", new byte[0])))).isEqualTo(8);
    assertThat(returnCode(answer(4, request("PD", new byte[600])))).isEqualTo(8);
  }

  @Test
  void refusesOtherBlocks() {
    byte[] request = request("RL", rules("RANDOM  "));
    request[BLOCK + 2] = 4;

    assertThat(firmware.answer(5, 4, request)).startsWith(0, 0x82, 0, 0, 0x40);
    assertThat(firmware.answer(5, 4, Arrays.copyOf(request, 100))).startsWith(0, 0x82, 0, 0, 0x80);
  }
}
