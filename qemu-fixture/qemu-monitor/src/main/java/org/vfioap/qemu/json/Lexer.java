package org.vfioap.qemu.json;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Cuts bytes into tokens, one byte at a time.
 *
 * <p>A byte that fits no token ends it as {@link TokenType#STRAY}; then everything is skipped up to
 * a structural character, a control character other than tab, or FE/FF. Source:
 * qobject/json-lexer.c of QEMU 7.2.
 *
 * <p>A token knows where it starts. Where a byte ended what came before and also starts a token,
 * QEMU 11.1 names the column after it; so do we.
 */
final class Lexer {
  private final ByteArrayOutputStream token = new ByteArrayOutputStream(64);
  private final Consumer<Token> sink;
  private LexerState state = LexerState.START;
  private int line = 1;
  private int column;
  private int startLine = 1;
  private int startColumn;

  Lexer(Consumer<Token> sink) {
    this.sink = sink;
  }

  void feed(int b) {
    column++;
    if (b == '\n') {
      line++;
      column = 0;
    }
    mark(0);
    boolean consumed = step(b);
    while (!consumed) {
      mark(1);
      consumed = step(b);
    }
  }

  private void mark(int further) {
    if (state == LexerState.START) {
      startLine = line;
      startColumn = column + further;
    }
  }

  /** Ends the input: a token that waits for its end is complete or stray; then comes the end. */
  void end() {
    column++;
    mark(0);
    if (state != LexerState.START && state != LexerState.RECOVERY) {
      step(0);
      mark(1);
    }
    state = LexerState.START;
    single(TokenType.END_OF_INPUT);
  }

  private boolean step(int b) {
    return switch (state) {
      case START -> start(b);
      case RECOVERY -> recover(b);
      case DOUBLE_QUOTED -> inString(b, '"', LexerState.DOUBLE_QUOTED_ESCAPE);
      case DOUBLE_QUOTED_ESCAPE -> escaped(b, LexerState.DOUBLE_QUOTED);
      case SINGLE_QUOTED -> inString(b, '\'', LexerState.SINGLE_QUOTED_ESCAPE);
      case SINGLE_QUOTED_ESCAPE -> escaped(b, LexerState.SINGLE_QUOTED);
      case WORD -> isLower(b) ? shift(b, LexerState.WORD) : finish(TokenType.KEYWORD);
      default -> inNumber(b);
    };
  }

  private boolean start(int b) {
    switch (b) {
      case ' ', '\t', '\r', '\n' -> {}
      case '{' -> single(TokenType.LEFT_CURLY);
      case '}' -> single(TokenType.RIGHT_CURLY);
      case '[' -> single(TokenType.LEFT_SQUARE);
      case ']' -> single(TokenType.RIGHT_SQUARE);
      case ':' -> single(TokenType.COLON);
      case ',' -> single(TokenType.COMMA);
      case '"' -> shift(b, LexerState.DOUBLE_QUOTED);
      case '\'' -> shift(b, LexerState.SINGLE_QUOTED);
      case '0' -> shift(b, LexerState.ZERO);
      case '-' -> shift(b, LexerState.SIGN);
      default -> startOther(b);
    }
    return true;
  }

  private void single(TokenType type) {
    sink.accept(Token.of(type, startLine, startColumn));
  }

  private void startOther(int b) {
    if (isDigit(b)) {
      shift(b, LexerState.DIGITS);
    } else if (isLower(b)) {
      shift(b, LexerState.WORD);
    } else {
      stray(b);
    }
  }

  private boolean recover(int b) {
    boolean control = b < 0x20 && b != '\t';
    if (control || b >= 0xFE || "{}[]:,".indexOf(b) >= 0) {
      state = LexerState.START;
      return false;
    }
    return true;
  }

  private boolean inString(int b, char quote, LexerState escape) {
    if (b < 0x20 || b >= 0xFE) {
      return stray(b);
    }
    if (b == quote) {
      append(b);
      return emit(TokenType.STRING);
    }
    return b == '\\' ? shift(b, escape) : shift(b, state);
  }

  private boolean escaped(int b, LexerState back) {
    return (b < 0x20 || b >= 0xFE) ? stray(b) : shift(b, back);
  }

  private boolean inNumber(int b) {
    boolean digit = isDigit(b);
    boolean exponent = b == 'e' || b == 'E';
    return switch (state) {
      case ZERO ->
          digit ? stray(b) : b == '.' ? shift(b, LexerState.MANTISSA) : finish(TokenType.NUMBER);
      case SIGN -> digit ? shift(b, b == '0' ? LexerState.ZERO : LexerState.DIGITS) : stray(b);
      case DIGITS ->
          b == '.'
              ? shift(b, LexerState.MANTISSA)
              : exponent ? shift(b, LexerState.EXPONENT) : digits(b, digit);
      case MANTISSA -> digit ? shift(b, LexerState.MANTISSA_DIGITS) : stray(b);
      case MANTISSA_DIGITS -> exponent ? shift(b, LexerState.EXPONENT) : digits(b, digit);
      case EXPONENT ->
          (b == '+' || b == '-') ? shift(b, LexerState.EXPONENT_SIGN) : exponentDigit(b, digit);
      case EXPONENT_SIGN -> exponentDigit(b, digit);
      default -> digits(b, digit);
    };
  }

  private boolean digits(int b, boolean digit) {
    return digit ? shift(b, state) : finish(TokenType.NUMBER);
  }

  private boolean exponentDigit(int b, boolean digit) {
    return digit ? shift(b, LexerState.EXPONENT_DIGITS) : stray(b);
  }

  private boolean shift(int b, LexerState next) {
    append(b);
    state = next;
    return true;
  }

  /** Keeps memory bounded: what exceeds the limit for tokens is not stored, only noticed. */
  private void append(int b) {
    if (token.size() <= MessageLimits.TOKEN_BYTES) {
      token.write(b);
    }
  }

  private boolean emit(TokenType type) {
    Token complete = new Token(type, token.toByteArray(), startLine, startColumn);
    token.reset();
    state = LexerState.START;
    sink.accept(complete);
    return true;
  }

  private boolean finish(TokenType type) {
    emit(type);
    return false;
  }

  private boolean stray(int b) {
    append(b);
    emit(TokenType.STRAY);
    state = LexerState.RECOVERY;
    return true;
  }

  private static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isLower(int b) {
    return b >= 'a' && b <= 'z';
  }
}
