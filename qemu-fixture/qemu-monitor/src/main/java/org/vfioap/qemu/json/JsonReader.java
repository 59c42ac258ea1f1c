package org.vfioap.qemu.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Groups a stream of bytes into messages: a value is complete when its brackets are, at the closing
 * byte and without waiting for a line's end.
 *
 * <p>Source: qobject/json-streamer.c of QEMU 7.2.
 */
public final class JsonReader {
  private final Lexer lexer = new Lexer(new Grouper());
  private final Listener listener;
  private List<Token> tokens = new ArrayList<>();
  private long tokenBytes;
  private int braces;
  private int brackets;

  private JsonReader(Listener listener) {
    this.listener = listener;
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
    reader.end();
    return message.result();
  }

  /** Takes the next byte of input. */
  public void feed(byte b) {
    lexer.feed(b & 0xFF);
  }

  private void end() {
    lexer.end();
    if (!tokens.isEmpty()) {
      complete();
    }
  }

  private void group(Token token) {
    switch (token.type()) {
      case LEFT_CURLY -> braces++;
      case RIGHT_CURLY -> braces--;
      case LEFT_SQUARE -> brackets++;
      case RIGHT_SQUARE -> brackets--;
      default -> {}
    }
    if (token.type() == TokenType.STRAY) {
      refuse(JsonSyntaxException.parse("stray '" + strayText(token.bytes()) + "'"));
    } else if (withinLimits(token)) {
      add(token);
    }
  }

  private static String strayText(byte[] bytes) {
    String text = ModifiedUtf8.decode(bytes);
    int nul = text.indexOf('\0');
    return nul < 0 ? text : text.substring(0, nul);
  }

  private boolean withinLimits(Token token) {
    if (tokenBytes + token.bytes().length + 1 > MessageLimits.TOKEN_BYTES) {
      return refuse(new JsonSyntaxException("JSON token size limit exceeded"));
    }
    if (tokens.size() + 1 > MessageLimits.TOKENS) {
      return refuse(new JsonSyntaxException("JSON token count limit exceeded"));
    }
    if (brackets + braces > MessageLimits.NESTING) {
      return refuse(new JsonSyntaxException("JSON nesting depth limit exceeded"));
    }
    return true;
  }

  private void add(Token token) {
    tokenBytes += token.bytes().length;
    tokens.add(token);
    boolean open = (braces > 0 || brackets > 0) && braces >= 0 && brackets >= 0;
    if (!open) {
      complete();
    }
  }

  private void complete() {
    List<Token> message = reset();
    try {
      listener.message(new JsonParser(message).parse());
    } catch (JsonSyntaxException refused) {
      listener.refused(refused);
    }
  }

  private boolean refuse(JsonSyntaxException refused) {
    reset();
    listener.refused(refused);
    return false;
  }

  private List<Token> reset() {
    List<Token> message = tokens;
    tokens = new ArrayList<>();
    tokenBytes = 0;
    braces = 0;
    brackets = 0;
    return message;
  }

  /** Takes the lexer's tokens; an object of its own, since a lambda costs time at the start. */
  private final class Grouper implements Consumer<Token> {
    @Override
    public void accept(Token token) {
      group(token);
    }
  }

  /** Takes what the reader found. */
  public interface Listener {
    /** Takes a complete value. */
    void message(JsonValue value);

    /** Takes the error of a message that was dropped. */
    void refused(JsonSyntaxException error);
  }
}
