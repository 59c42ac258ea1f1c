package org.vfioap.qemu.hmp;

/** A position in a line. Source: monitor/hmp.c (get_str) of QEMU 7.2. */
final class TextCursor {
  private final String text;
  private int position;

  TextCursor(String text, int position) {
    this.text = text;
    this.position = position;
  }

  boolean atEnd() {
    return position >= text.length();
  }

  int position() {
    return position;
  }

  char peek() {
    return peekAt(0);
  }

  char peekAt(int ahead) {
    return position + ahead < text.length() ? text.charAt(position + ahead) : '\0';
  }

  char next() {
    char c = peek();
    position++;
    return c;
  }

  void skipSpaces() {
    while (!atEnd() && Character.isWhitespace(peek())) {
      position++;
    }
  }

  String rest() {
    String rest = text.substring(Math.min(position, text.length()));
    position = text.length();
    return rest;
  }

  /** Reads a word; one that starts with a double quote may hold spaces and escapes. */
  String word() throws HumanRefusal {
    skipSpaces();
    if (atEnd()) {
      throw new HumanRefusal("");
    }
    if (peek() == '"') {
      next();
      return quoted();
    }
    int start = position;
    while (!atEnd() && !Character.isWhitespace(peek())) {
      position++;
    }
    return text.substring(start, position);
  }

  private String quoted() throws HumanRefusal {
    StringBuilder word = new StringBuilder();
    while (!atEnd() && peek() != '"') {
      char c = next();
      word.append(c == '\\' ? escape() : c);
    }
    if (atEnd()) {
      throw new HumanRefusal("unterminated string\n");
    }
    next();
    return word.toString();
  }

  private char escape() throws HumanRefusal {
    char c = next();
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case '\\', '\'', '"' -> c;
      default -> throw new HumanRefusal("unsupported escape code: '\\" + c + "'\n");
    };
  }
}
