package org.vfioap.qemu.json;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message that grows with each token. Source: measured with QEMU 11.1.2. */
final class PushParser {
  private final Deque<Frame> open = new ArrayDeque<>();
  private Expected expected = Expected.VALUE;

  /** What may come next. */
  private enum Expected {
    VALUE("expecting value"),
    VALUE_OR_END("expecting value"),
    KEY("expecting key"),
    KEY_OR_END("expecting key"),
    COLON("expecting ':'"),
    COMMA("expected ',' or ");

    private final String error;

    Expected(String error) {
      this.error = error;
    }
  }

  /** An object or a list that is not closed yet. */
  private static final class Frame {
    private final boolean list;
    private final JsonObject members = JsonObject.empty();
    private final List<JsonValue> items = new ArrayList<>();
    private String key = "";

    Frame(boolean list) {
      this.list = list;
    }

    TokenType end() {
      return list ? TokenType.RIGHT_SQUARE : TokenType.RIGHT_CURLY;
    }

    JsonValue value() {
      return list ? (items.isEmpty() ? JsonArray.EMPTY : new JsonArray(items)) : members;
    }

    void add(JsonValue value) throws JsonSyntaxException {
      if (list) {
        items.add(value);
      } else if (members.has(key)) {
        throw JsonSyntaxException.parse("duplicate key");
      } else {
        members.with(key, value);
      }
    }
  }

  /**
   * Takes a token.
   *
   * @return the message, if it is complete
   * @throws JsonSyntaxException if the token does not fit; its text names the place
   */
  @Nullable JsonValue push(Token token) throws JsonSyntaxException {
    try {
      return step(token);
    } catch (JsonSyntaxException refused) {
      throw refused.at(token);
    }
  }

  private @Nullable JsonValue step(Token token) throws JsonSyntaxException {
    TokenType type = token.type();
    if (type == TokenType.END_OF_INPUT) {
      if (open.isEmpty()) {
        return null;
      }
      throw JsonSyntaxException.parse("premature end of input");
    }
    return switch (expected) {
      case VALUE -> value(token);
      case VALUE_OR_END -> isEnd(type) ? close() : value(token);
      case KEY -> key(token);
      case KEY_OR_END -> isEnd(type) ? close() : key(token);
      case COLON -> colon(type);
      case COMMA -> isEnd(type) ? close() : comma(type);
    };
  }

  private boolean isEnd(TokenType type) {
    return open.element().end() == type;
  }

  private @Nullable JsonValue key(Token token) throws JsonSyntaxException {
    if (token.type() != TokenType.STRING) {
      throw refused();
    }
    open.element().key = StringLiteral.decode(token.bytes());
    expected = Expected.COLON;
    return null;
  }

  private @Nullable JsonValue colon(TokenType type) throws JsonSyntaxException {
    if (type != TokenType.COLON) {
      throw refused();
    }
    expected = Expected.VALUE;
    return null;
  }

  private @Nullable JsonValue comma(TokenType type) throws JsonSyntaxException {
    boolean list = open.element().list;
    if (type != TokenType.COMMA) {
      throw JsonSyntaxException.parse(Expected.COMMA.error + (list ? "']'" : "'}'"));
    }
    expected = list ? Expected.VALUE : Expected.KEY;
    return null;
  }

  private JsonSyntaxException refused() {
    return JsonSyntaxException.parse(expected.error);
  }

  private @Nullable JsonValue value(Token token) throws JsonSyntaxException {
    return switch (token.type()) {
      case LEFT_CURLY -> begin(new Frame(false), Expected.KEY_OR_END);
      case LEFT_SQUARE -> begin(new Frame(true), Expected.VALUE_OR_END);
      case STRING -> finish(JsonString.of(StringLiteral.decode(token.bytes())));
      case NUMBER -> finish(JsonNumber.parse(token.ascii()));
      case KEYWORD -> finish(JsonParser.keyword(token.ascii()));
      default -> throw refused();
    };
  }

  private @Nullable JsonValue begin(Frame frame, Expected next) {
    open.push(frame);
    expected = next;
    return null;
  }

  private @Nullable JsonValue close() throws JsonSyntaxException {
    return finish(open.pop().value());
  }

  /** Puts a value into what is open; returns it if nothing is. */
  private @Nullable JsonValue finish(JsonValue value) throws JsonSyntaxException {
    if (open.isEmpty()) {
      return value;
    }
    open.element().add(value);
    expected = Expected.COMMA;
    return null;
  }
}
