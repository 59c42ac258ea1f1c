package org.vfioap.qemu.json;

import org.jspecify.annotations.Nullable;

/** Which brackets of a message are open, and what a message may hold. */
final class Nesting {
  private int braces;
  private int brackets;

  void count(TokenType type) {
    switch (type) {
      case LEFT_CURLY -> braces++;
      case RIGHT_CURLY -> braces--;
      case LEFT_SQUARE -> brackets++;
      case RIGHT_SQUARE -> brackets--;
      default -> {}
    }
  }

  /** Says whether the message goes on: something is open, and nothing closed that never was. */
  boolean isOpen() {
    return (braces > 0 || brackets > 0) && braces >= 0 && brackets >= 0;
  }

  /** Returns the error of a message of that many bytes and tokens, and of this depth, if any. */
  @Nullable JsonSyntaxException exceeded(long bytes, long tokens) {
    if (bytes > MessageLimits.TOKEN_BYTES) {
      return new JsonSyntaxException("JSON token size limit exceeded");
    }
    if (tokens > MessageLimits.TOKENS) {
      return new JsonSyntaxException("JSON token count limit exceeded");
    }
    if (brackets + braces > MessageLimits.NESTING) {
      return new JsonSyntaxException("JSON nesting depth limit exceeded");
    }
    return null;
  }

  void reset() {
    braces = 0;
    brackets = 0;
  }
}
