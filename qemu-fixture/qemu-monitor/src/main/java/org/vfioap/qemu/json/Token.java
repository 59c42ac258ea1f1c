package org.vfioap.qemu.json;

import java.nio.charset.StandardCharsets;

/** A token and its bytes; single-character tokens share an empty array. */
record Token(TokenType type, byte[] bytes) {
  private static final byte[] NONE = {};

  static Token of(TokenType type) {
    return new Token(type, NONE);
  }

  String ascii() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
