package org.vfioap.qemu.json;

import java.nio.charset.StandardCharsets;

/** A token and its bytes; single-character tokens share an empty array. */
final class Token {
  private static final byte[] NONE = {};

  private final TokenType type;
  private final byte[] bytes;
  private final int line;
  private final int column;

  Token(TokenType type, byte[] bytes, int line, int column) {
    this.type = type;
    this.bytes = bytes;
    this.line = line;
    this.column = column;
  }

  static Token of(TokenType type, int line, int column) {
    return new Token(type, NONE, line, column);
  }

  TokenType type() {
    return type;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns the line that it starts in, from 1 on. */
  int line() {
    return line;
  }

  /** Returns the byte of the line that it starts at, from 1 on, as QEMU counts. */
  int column() {
    return column;
  }

  String ascii() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
