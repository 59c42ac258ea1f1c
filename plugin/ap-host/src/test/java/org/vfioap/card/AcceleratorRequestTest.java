package org.vfioap.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApHardware;

/** Requests of type 0x50 to an accelerator, adapter 6; adapter 5 is a CCA coprocessor. */
final class AcceleratorRequestTest {
  private final ApHardware hardware =
      ApHardware.create()
          .adapter(AdapterId.of(6), Adapter.of(AdapterType.CEX5, AdapterMode.ACCELERATOR));
  private final Firmware firmware = new Firmware(hardware);

  private static byte[] bytes(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[length];
    int size = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - size, padded, length - size, size);
    return padded;
  }

  private static byte[] request(int format, byte[]... operands) {
    int length = 16 + Arrays.stream(operands).mapToInt(operand -> operand.length).sum();
    ByteBuffer request = ByteBuffer.allocate(length);
    request.put(1, (byte) 0x50).putShort(2, (short) length).putShort(8, (short) format);
    request.position(16);
    for (byte[] operand : operands) {
      request.put(operand);
    }
    return request.array();
  }

  private static byte[] modexpo(int exponent, BigInteger modulus, BigInteger message) {
    return request(
        1, bytes(BigInteger.valueOf(exponent), 128), bytes(modulus, 128), bytes(message, 128));
  }

  private int error(byte[] request) {
    byte[] reply = firmware.answer(6, 4, request);
    assertThat(reply).hasSize(8);
    assertThat(reply[1]).isEqualTo((byte) 0x82);
    return reply[4] & 0xff;
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 4096})
  void computesWhatJavaComputes(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
    BigInteger message = key.getModulus().shiftRight(1);
    int length = bits / 8;
    int half = length / 2;
    int format = Integer.numberOfTrailingZeros(bits / 1024) + 1;

    byte[] plain =
        firmware.answer(
            6,
            4,
            request(
                format,
                bytes(key.getPrivateExponent(), length),
                bytes(key.getModulus(), length),
                bytes(message, length)));
    byte[] crt =
        firmware.answer(
            6,
            4,
            request(
                0x10 | format,
                bytes(key.getPrimeP(), half),
                bytes(key.getPrimeQ(), half),
                bytes(key.getPrimeExponentP(), half),
                bytes(key.getPrimeExponentQ(), half),
                bytes(key.getCrtCoefficient(), half),
                bytes(message, length)));

    BigInteger expected = message.modPow(key.getPrivateExponent(), key.getModulus());
    assertThat(plain).startsWith(0, 0x80, (16 + length) >> 8, (16 + length) & 255, 0);
    assertThat(new BigInteger(1, Arrays.copyOfRange(plain, 16, 16 + length))).isEqualTo(expected);
    assertThat(crt).isEqualTo(plain);
  }

  @Test
  void refusesAModulusOfZero() {
    assertThat(error(modexpo(3, BigInteger.ZERO, BigInteger.ONE))).isEqualTo(0x82);
  }

  @Test
  void refusesAnEvenModulus() {
    assertThat(error(modexpo(3, BigInteger.TEN, BigInteger.ONE))).isEqualTo(0x85);
  }

  @Test
  void refusesAMessageThatIsNotSmallerThanTheModulus() {
    assertThat(error(modexpo(3, BigInteger.valueOf(7), BigInteger.valueOf(7)))).isEqualTo(0x82);
  }

  @Test
  void refusesFactorsOfZero() {
    byte[] zero = new byte[64];

    assertThat(error(request(0x11, zero, zero, zero, zero, zero, new byte[128]))).isEqualTo(0x82);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 0x14, 0x21, 0xffff})
  void refusesFormatsThatDoNotExist(int format) {
    assertThat(error(request(format, new byte[384]))).isEqualTo(0x29);
  }

  @Test
  void refusesMessagesOfAnotherLengthThanTheySay() {
    byte[] request = modexpo(3, BigInteger.valueOf(7), BigInteger.ONE);

    assertThat(error(Arrays.copyOf(request, 200))).isEqualTo(0x80);
    assertThat(error(request(1, new byte[100]))).isEqualTo(0x80);
    assertThat(error(new byte[0])).isEqualTo(0x80);
    assertThat(error(new byte[] {0, 0x50})).isEqualTo(0x80);
  }

  @Test
  void refusesOtherTypes() {
    assertThat(error(new byte[] {0, 6, 0, 0, 0, 0, 0, 0})).isEqualTo(0x20);
  }

  @Test
  void onlyAcceleratorsTakeThem() {
    byte[] reply = firmware.answer(5, 4, modexpo(3, BigInteger.valueOf(7), BigInteger.ONE));

    assertThat(reply[1]).isEqualTo((byte) 0x82);
    assertThat(reply[4]).isEqualTo((byte) 0x20);
  }
}
