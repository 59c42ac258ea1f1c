package org.vfioap.qemu.json;

import java.util.ArrayList;
import java.util.List;

/** Builds a value from the tokens of one message. Source: qobject/json-parser.c of QEMU 7.2. */
final class JsonParser {
  private final List<Token> tokens;
  private int position;

  JsonParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  JsonValue parse() throws JsonSyntaxException {
    return value();
  }

  private JsonValue value() throws JsonSyntaxException {
    Token token = next();
    return switch (token.type()) {
      case LEFT_CURLY -> object();
      case LEFT_SQUARE -> array();
      case STRING -> JsonString.of(StringLiteral.decode(token.bytes()));
      case NUMBER -> JsonNumber.parse(token.ascii());
      case KEYWORD -> keyword(token.ascii());
      default -> throw JsonSyntaxException.parse("expecting value");
    };
  }

  private JsonObject object() throws JsonSyntaxException {
    JsonObject object = JsonObject.empty();
    if (skip(TokenType.RIGHT_CURLY)) {
      return object;
    }
    pair(object);
    while (!skip(TokenType.RIGHT_CURLY)) {
      expect(TokenType.COMMA, "expected separator in dict");
      pair(object);
    }
    return object;
  }

  private void pair(JsonObject object) throws JsonSyntaxException {
    if (!(value() instanceof JsonString key)) {
      throw JsonSyntaxException.parse("key is not a string in object");
    }
    expect(TokenType.COLON, "missing : in object pair");
    JsonValue value = value();
    if (object.has(key.text())) {
      throw JsonSyntaxException.parse("duplicate key");
    }
    object.with(key.text(), value);
  }

  private JsonArray array() throws JsonSyntaxException {
    List<JsonValue> items = new ArrayList<>();
    if (skip(TokenType.RIGHT_SQUARE)) {
      return JsonArray.EMPTY;
    }
    items.add(value());
    while (!skip(TokenType.RIGHT_SQUARE)) {
      expect(TokenType.COMMA, "expected separator in list");
      items.add(value());
    }
    return new JsonArray(items);
  }

  static JsonValue keyword(String word) throws JsonSyntaxException {
    return switch (word) {
      case "true" -> JsonBool.TRUE;
      case "false" -> JsonBool.FALSE;
      case "null" -> JsonNull.NULL;
      default -> throw JsonSyntaxException.parse("invalid keyword '" + word + "'");
    };
  }

  private void expect(TokenType type, String error) throws JsonSyntaxException {
    if (next().type() != type) {
      throw JsonSyntaxException.parse(error);
    }
  }

  private boolean skip(TokenType type) throws JsonSyntaxException {
    boolean there = next().type() == type;
    if (!there) {
      position--;
    }
    return there;
  }

  private Token next() throws JsonSyntaxException {
    if (position >= tokens.size()) {
      throw JsonSyntaxException.parse("premature EOI");
    }
    return tokens.get(position++);
  }
}
