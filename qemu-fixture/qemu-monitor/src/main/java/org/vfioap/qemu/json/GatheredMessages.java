package org.vfioap.qemu.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gathers the tokens of a message and parses them when its brackets are closed. Source:
 * qobject/json-streamer.c of QEMU 7.2.
 */
final class GatheredMessages implements Consumer<Token> {
  private final JsonReader.Listener listener;
  private final Nesting nesting = new Nesting();
  private List<Token> tokens = new ArrayList<>();
  private long tokenBytes;

  GatheredMessages(JsonReader.Listener listener) {
    this.listener = listener;
  }

  @Override
  public void accept(Token token) {
    if (token.type() == TokenType.END_OF_INPUT) {
      if (!tokens.isEmpty()) {
        complete();
      }
      return;
    }
    nesting.count(token.type());
    if (token.type() == TokenType.STRAY) {
      refuse(JsonSyntaxException.stray(token));
    } else if (withinLimits(token)) {
      add(token);
    }
  }

  private boolean withinLimits(Token token) {
    JsonSyntaxException exceeded =
        nesting.exceeded(tokenBytes + token.bytes().length + 1, tokens.size() + 1L);
    return exceeded == null || refuse(exceeded);
  }

  private void add(Token token) {
    tokenBytes += token.bytes().length;
    tokens.add(token);
    if (!nesting.isOpen()) {
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
    nesting.reset();
    return message;
  }
}
