package org.vfioap.qemu.json;

import java.nio.charset.StandardCharsets;

/** A token and its bytes; single-character tokens share an empty array. */
final class Token {
  private static final byte[] NONE = {};

  private final TokenType type;
  private final byte[] bytes;

  Token(TokenType type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  static Token of(TokenType type) {
    return new Token(type, NONE);
  }

  TokenType type() {
    return type;
  }

  byte[] bytes() {
    return bytes;
  }

  String ascii() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
