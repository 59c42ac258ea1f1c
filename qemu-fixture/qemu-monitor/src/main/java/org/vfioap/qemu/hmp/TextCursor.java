package org.vfioap.qemu.hmp;

import java.util.Arrays;
import java.util.function.Consumer;

/** A position in a line. Source: monitor/hmp.c (get_str) of QEMU 7.2. */
final class TextCursor {
  /** A word goes into 1024 bytes, and what does not fit is lost. */
  private static final int LONGEST = 1023;

  private final String text;
  private final Consumer<String> complaints;
  private int position;

  /** Starts at the beginning; complaints about quotes go to {@code complaints}, not the monitor. */
  TextCursor(String text, Consumer<String> complaints) {
    this.text = text;
    this.complaints = complaints;
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

  /** Returns what follows, without taking it. */
  String ahead() {
    return text.substring(Math.min(position, text.length()));
  }

  void skip(int characters) {
    position += characters;
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
      return fitting(quoted());
    }
    int start = position;
    while (!atEnd() && !Character.isWhitespace(peek())) {
      position++;
    }
    return fitting(text.substring(start, position));
  }

  private static String fitting(String word) {
    byte[] bytes = RawText.encode(word);
    return bytes.length <= LONGEST ? word : RawText.decode(Arrays.copyOf(bytes, LONGEST));
  }

  private String quoted() throws HumanRefusal {
    StringBuilder word = new StringBuilder();
    while (!atEnd() && peek() != '"') {
      char c = next();
      word.append(c == '\\' ? escape() : c);
    }
    if (atEnd()) {
      throw complaint("unterminated string\n");
    }
    next();
    return word.toString();
  }

  private HumanRefusal complaint(String said) {
    complaints.accept(said);
    return new HumanRefusal("");
  }

  private char escape() throws HumanRefusal {
    char c = next();
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case '\\', '\'', '"' -> c;
      default -> throw complaint("unsupported escape code: '\\" + c + "'\n");
    };
  }
}
