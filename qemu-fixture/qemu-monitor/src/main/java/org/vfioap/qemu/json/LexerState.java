package org.vfioap.qemu.json;

/** The states of the lexer. Source: qobject/json-lexer.c of QEMU 7.2. */
enum LexerState {
  START,
  RECOVERY,
  DOUBLE_QUOTED,
  DOUBLE_QUOTED_ESCAPE,
  SINGLE_QUOTED,
  SINGLE_QUOTED_ESCAPE,
  ZERO,
  DIGITS,
  SIGN,
  MANTISSA,
  MANTISSA_DIGITS,
  EXPONENT,
  EXPONENT_SIGN,
  EXPONENT_DIGITS,
  WORD
}
