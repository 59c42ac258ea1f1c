package org.vfioap.qemu.json;

/** The kinds of tokens. */
enum TokenType {
  LEFT_CURLY,
  RIGHT_CURLY,
  LEFT_SQUARE,
  RIGHT_SQUARE,
  COLON,
  COMMA,
  NUMBER,
  KEYWORD,
  STRING,
  STRAY,
  END_OF_INPUT
}
