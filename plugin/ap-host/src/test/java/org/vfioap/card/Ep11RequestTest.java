package org.vfioap.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.KeyRegister;
import org.vfioap.ap.OperationMode;

/**
 * Requests of type 0x06 to adapter 5, an EP11 coprocessor.
 *
 * <p>Offsets are those of Linux 6.12 struct ep11_cprb and zcrypt_ep11misc.c.
 */
final class Ep11RequestTest {
  private static final int BLOCK = 88;
  private static final int DATA = 48 + 32 + 4 + 18 + 4;

  private final ApHardware hardware =
      ApHardware.create()
          .adapter(AdapterId.of(5), Adapter.of(AdapterType.CEX8, AdapterMode.EP11))
          .cardInfo(
              AdapterId.of(5),
              info ->
                  info.withSerial("93AADHZU        ".strip())
                      .withApiOrdinal(6)
                      .withFirmware(0x0306)
                      .withModes(Set.of(OperationMode.FIPS2011, OperationMode.BSI2011)))
          .queueInfo(
              Apqn.of(5, 4),
              info ->
                  info.with(
                      KeyRegister.WK_CUR, KeyRegister.WK_CUR.value("valid 0x" + "ab".repeat(32))));
  private final Firmware firmware = new Firmware(hardware);

  private static byte[] query(int function, int type) {
    ByteBuffer request = ByteBuffer.allocate(BLOCK + 32 + 28);
    request.put(1, (byte) 6).putInt(16, BLOCK).putShort(BLOCK, (short) 32);
    request.put(BLOCK + 2, (byte) 4);
    request.position(BLOCK + 32);
    request.put((byte) 0x30).put((byte) 0x82).putShort((short) 24);
    for (int value : new int[] {0x10000 | function, 0, type, 0}) {
      request.putShort((short) 0x0404).putInt(value);
    }
    return request.array();
  }

  private ByteBuffer answer(int domain, byte[] request) {
    ByteBuffer reply = ByteBuffer.wrap(firmware.answer(5, domain, request));
    assertThat(reply.get(1)).isEqualTo((byte) 0x86);
    assertThat(reply.getInt(16) + 48).isEqualTo(reply.capacity());
    return reply;
  }

  @Test
  void tellsAboutTheModule() {
    ByteBuffer reply = answer(4, query(38, 1));

    assertThat(reply.getInt(48 + 16)).isZero();
    assertThat(reply.getShort(DATA - 4)).isEqualTo((short) 0x0482);
    assertThat(reply.getInt(DATA)).isEqualTo(6);
    assertThat(reply.getShort(DATA + 8)).isEqualTo((short) 0x0306);
    byte[] serial = new byte[8];
    reply.get(DATA + 108, serial);
    assertThat(new String(serial, StandardCharsets.US_ASCII)).isEqualTo("93AADHZU");
    assertThat(reply.getLong(DATA + 140)).isEqualTo(0b1100);
  }

  @Test
  void tellsAboutADomain() {
    ByteBuffer reply = answer(4, query(38, 3));

    assertThat(reply.getInt(DATA)).isEqualTo(4);
    assertThat(reply.getInt(DATA + 68)).isEqualTo(0x12);
    assertThat(reply.get(DATA + 4)).isEqualTo((byte) 0xab);
  }

  @Test
  void doesNotAnswerForADomainWithoutInformation() {
    assertThat(answer(5, query(38, 3)).getInt(48 + 16)).isNotZero();
  }

  @Test
  void refusesWhatNeedsASecureKey() {
    assertThat(answer(4, query(21, 1)).getInt(48 + 16)).isNotZero();
    assertThat(answer(4, query(38, 9)).getInt(48 + 16)).isNotZero();
  }

  @Test
  void refusesPayloadsThatAreNotWhole() {
    byte[] cut = Arrays.copyOf(query(38, 1), BLOCK + 32 + 10);

    assertThat(answer(4, cut).getInt(48 + 16)).isNotZero();
    assertThat(firmware.answer(5, 4, Arrays.copyOf(cut, 60))).startsWith(0, 0x82, 0, 0, 0x80);
  }
}
