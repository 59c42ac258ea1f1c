package org.vfioap.qemu.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever bytes come, the reader answers and understands the next message after a reset. */
class JsonReaderFuzzTest {
  private static final int MESSAGES = Integer.getInteger("vfioap.fuzz.messages", 5_000);
  private static final String ALPHABET = "{}[]:,\"'\\u0019.eE+-truefalsnxyz \n\t\0\u007f\u00e9";
  private static final String PING = "\n{\"execute\": \"ping\"}";

  @Test
  void survivesAnyBytes() {
    long seed = Long.getLong("vfioap.fuzz.seed", System.nanoTime());
    Random random = new Random(seed);
    List<JsonValue> messages = new ArrayList<>();
    JsonReader reader =
        JsonReader.tell(
            new JsonReader.Listener() {
              @Override
              public void message(JsonValue value) {
                messages.add(value);
              }

              @Override
              public void refused(JsonSyntaxException error) {
                assertThat(error.text()).as("seed %d", seed).startsWith("JSON ");
              }
            });
    for (int i = 0; i < MESSAGES; i++) {
      feed(reader, garbage(random));
      reader.feed((byte) 0xFF);
      messages.clear();
      feed(reader, PING.getBytes(StandardCharsets.UTF_8));
      assertThat(messages).as("seed %d, message %d", seed, i).hasSize(1);
      assertThat(messages.get(0).toJson()).isEqualTo("{\"execute\": \"ping\"}");
    }
  }

  private static byte[] garbage(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60); i >= 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    return bytes;
  }

  private static void feed(JsonReader reader, byte[] bytes) {
    for (byte b : bytes) {
      reader.feed(b);
    }
  }
}
