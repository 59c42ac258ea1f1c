package org.vfioap.qemu.json;

import java.util.Arrays;

/** Decodes a quoted token. Source: qobject/json-parser.c of QEMU 7.2. */
final class StringLiteral {
  private final byte[] token;
  private final StringBuilder text;
  private int position = 1;

  private StringLiteral(byte[] token) {
    this.token = token;
    this.text = new StringBuilder(token.length);
  }

  static String decode(byte[] token) throws JsonSyntaxException {
    StringLiteral literal = new StringLiteral(token);
    while (literal.position < token.length - 1) {
      literal.character();
    }
    return literal.text.toString();
  }

  private void character() throws JsonSyntaxException {
    byte b = token[position];
    if (b == '\\') {
      escape();
    } else if (b >= 0) {
      text.append((char) b);
      position++;
    } else {
      sequence();
    }
  }

  private void sequence() throws JsonSyntaxException {
    ModifiedUtf8 reader = new ModifiedUtf8(token, position, token.length);
    int point = reader.next();
    if (point < 0) {
      throw JsonSyntaxException.parse("invalid UTF-8 sequence in string");
    }
    text.appendCodePoint(point);
    position = reader.position();
  }

  private void escape() throws JsonSyntaxException {
    byte kind = token[position + 1];
    int at = "bfnrt/\\\"'".indexOf(kind);
    if (at >= 0) {
      text.append("\b\f\n\r\t/\\\"'".charAt(at));
      position += 2;
    } else if (kind == 'u') {
      unicode();
    } else {
      throw JsonSyntaxException.parse("invalid escape sequence in string");
    }
  }

  private void unicode() throws JsonSyntaxException {
    int start = position;
    int point = hex(position + 2);
    position += 6;
    boolean lead = point >= 0xD800 && point <= 0xDBFF;
    if (lead && at(position) == '\\' && at(position + 1) == 'u') {
      point = pair(point, hex(position + 2));
    }
    if (!ModifiedUtf8.isValid(point)) {
      int end = Math.min(position, token.length);
      String bad = ModifiedUtf8.decode(Arrays.copyOfRange(token, start, end));
      throw JsonSyntaxException.parse(bad + " is not a valid Unicode character");
    }
    text.appendCodePoint(point);
  }

  private int pair(int lead, int trail) {
    if (trail < 0xDC00 || trail > 0xDFFF) {
      return -1;
    }
    position += 6;
    return 0x10000 + ((lead & 0x3FF) << 10 | (trail & 0x3FF));
  }

  private int hex(int from) {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(at(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private int at(int index) {
    return index < token.length ? token[index] : 0;
  }
}
