package org.vfioap.qemu.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.qemu.json.JsonObject;

class TelnetProtocolTest {
  /** Notes what arrives. */
  private static final class Noting implements Protocol, Protocol.Session, Protocol.Client {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @Override
    public Session open(Client client) {
      client.write("hello");
      return this;
    }

    @Override
    public void receive(byte b) {
      received.write(b);
    }

    @Override
    public void event(JsonObject event) {}

    @Override
    public void write(String text) {
      writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void writeBytes(byte[] bytes) {
      sent.writeBytes(bytes);
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @CsvSource({
    "61 62, ab",
    "FF FD 03 61, a",
    "61 FF FB 00 62, ab",
    "FF FF, ÿ",
    "FF F3 61 62, ab",
    "FF FA FF 61, a"
  })
  void leavesOutCommands(String typed, String text) {
    Noting inner = new Noting();
    Protocol.Session session = new TelnetProtocol(inner).open(inner);

    for (String each : typed.split(" ", -1)) {
      session.receive((byte) Integer.parseInt(each, 16));
    }

    assertThat(inner.received.toString(StandardCharsets.ISO_8859_1)).isEqualTo(text);
    assertThat(inner.sent.toByteArray()).hasSize(17).startsWith(0xFF, 0xFB, 1, 0xFF, 0xFB, 3);
  }
}
