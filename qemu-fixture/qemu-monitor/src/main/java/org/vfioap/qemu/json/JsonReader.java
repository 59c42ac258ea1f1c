package org.vfioap.qemu.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.persona.QemuRules;

/**
 * Groups a stream of bytes into messages: a value is complete when its brackets are, at the closing
 * byte and without waiting for a line's end.
 *
 * <p>QEMU up to 11.0 gathers the tokens of a message and looks at them when its brackets are
 * closed; QEMU 11.1 looks at each token when it comes, and says where an error is.
 */
public final class JsonReader {
  private final Listener listener;
  private @Nullable Lexer lexer;

  private JsonReader(Listener listener) {
    this.listener = listener;
  }

  /** Returns the lexer, which nobody needs before the first byte, as a greeting comes before it. */
  private Lexer lexer() {
    Lexer known = lexer;
    if (known == null) {
      boolean byToken = QemuRules.JSON_BY_TOKEN.now();
      known = new Lexer(byToken ? new PushedMessages(listener) : new GatheredMessages(listener));
      lexer = known;
    }
    return known;
  }

  /** Returns a reader that tells {@code listener} about each message. */
  public static JsonReader tell(Listener listener) {
    return new JsonReader(listener);
  }

  /**
   * Returns the one value that {@code text} holds, as QEMU reads it from its command line.
   *
   * @throws JsonSyntaxException if QEMU refuses the text
   */
  public static JsonValue parse(String text) throws JsonSyntaxException {
    SingleMessage message = new SingleMessage();
    JsonReader reader = tell(message);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      reader.feed(b);
    }
    reader.lexer().end();
    return message.result();
  }

  /** Takes the next byte of input. */
  public void feed(byte b) {
    lexer().feed(b & 0xFF);
  }

  /** Takes what the reader found. */
  public interface Listener {
    /** Takes a complete value. */
    void message(JsonValue value);

    /** Takes the error of a message that was dropped. */
    void refused(JsonSyntaxException error);
  }
}
