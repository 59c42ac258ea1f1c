package org.vfioap.qemu.hmp;

/**
 * A number as people may write it in the monitor: {@code 1+2*(3|4)}. Source: monitor/hmp.c of 7.2.
 */
final class Expression {
  private final TextCursor text;

  Expression(TextCursor text) {
    this.text = text;
  }

  long evaluate() throws HumanRefusal {
    long value = bits();
    while (text.peek() == '+' || text.peek() == '-') {
      char operator = take();
      long right = bits();
      value = operator == '+' ? value + right : value - right;
    }
    return value;
  }

  private char take() {
    char c = text.next();
    text.skipSpaces();
    return c;
  }

  private long bits() throws HumanRefusal {
    long value = product();
    while (text.peek() != '\0' && "&|^".indexOf(text.peek()) >= 0) {
      char operator = take();
      long right = product();
      value = operator == '&' ? value & right : operator == '|' ? value | right : value ^ right;
    }
    return value;
  }

  private long product() throws HumanRefusal {
    long value = unary();
    while (text.peek() != '\0' && "*/%".indexOf(text.peek()) >= 0) {
      char operator = take();
      long right = unary();
      if (operator != '*' && right == 0) {
        throw new HumanRefusal("division by zero\n");
      }
      value = operator == '*' ? value * right : operator == '/' ? value / right : value % right;
    }
    return value;
  }

  private long unary() throws HumanRefusal {
    text.skipSpaces();
    switch (text.peek()) {
      case '+' -> {
        take();
        return unary();
      }
      case '-' -> {
        take();
        return -unary();
      }
      case '~' -> {
        take();
        return ~unary();
      }
      case '(' -> {
        return parenthesis();
      }
      case '\'' -> {
        return character();
      }
      case '$' -> throw new HumanRefusal("unknown register\n");
      case '\0' -> throw new HumanRefusal("unexpected end of expression\n");
      default -> {
        return number();
      }
    }
  }

  private long parenthesis() throws HumanRefusal {
    take();
    long value = evaluate();
    if (text.peek() != ')') {
      throw new HumanRefusal("')' expected\n");
    }
    take();
    return value;
  }

  private long character() throws HumanRefusal {
    text.next();
    if (text.atEnd()) {
      throw new HumanRefusal("character constant expected\n");
    }
    long value = text.next();
    if (text.next() != '\'') {
      throw new HumanRefusal("missing terminating ' character\n");
    }
    text.skipSpaces();
    return value;
  }

  /** QEMU prints the first byte of a character; alone it is no text. */
  private static String shown(char c) {
    byte[] bytes = RawText.encode(Character.toString(c));
    return RawText.decode(new byte[] {bytes[0]});
  }

  private long number() throws HumanRefusal {
    int radix = 10;
    if (text.peek() == '0') {
      boolean marked = text.peekAt(1) == 'x' || text.peekAt(1) == 'X';
      boolean hex = marked && Character.digit(text.peekAt(2), 16) >= 0;
      radix = hex ? 16 : 8;
      if (hex) {
        text.next();
        text.next();
      }
    }
    StringBuilder digits = new StringBuilder();
    while (Character.digit(text.peek(), radix) >= 0) {
      digits.append(text.next());
    }
    if (digits.length() == 0) {
      throw new HumanRefusal("invalid char '" + shown(text.peek()) + "' in expression\n");
    }
    text.skipSpaces();
    try {
      return Long.parseUnsignedLong(digits.toString(), radix);
    } catch (NumberFormatException tooLarge) {
      throw new HumanRefusal("number too large\n");
    }
  }
}
