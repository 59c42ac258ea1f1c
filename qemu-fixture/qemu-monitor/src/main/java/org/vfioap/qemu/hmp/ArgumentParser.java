package org.vfioap.qemu.hmp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.vfioap.qemu.options.Numbers;

/**
 * Reads a command's arguments by their recorded types. Source: monitor/hmp.c of QEMU 7.2.
 *
 * <p>Values are texts; numbers in decimal, switches {@code on}.
 */
final class ArgumentParser {
  private final String command;
  private final TextCursor text;
  private final Map<String, String> values = new LinkedHashMap<>();

  ArgumentParser(String command, TextCursor text) {
    this.command = command;
    this.text = text;
  }

  Map<String, String> parse(String types) throws HumanRefusal {
    for (String type : types.isEmpty() ? new String[0] : types.split(",", -1)) {
      int colon = type.indexOf(':');
      argument(type.substring(0, colon), type.substring(colon + 1));
    }
    text.skipSpaces();
    if (!text.atEnd()) {
      throw new HumanRefusal(command + ": extraneous characters at the end of line\n");
    }
    return values;
  }

  private void argument(String key, String type) throws HumanRefusal {
    boolean optional = type.endsWith("?");
    text.skipSpaces();
    if (type.charAt(0) != '-' && type.charAt(0) != '/' && optional && text.atEnd()) {
      return;
    }
    switch (type.charAt(0)) {
      case 's', 'F', 'B' -> string(key, type.charAt(0));
      case 'O' -> options(key);
      case '/' -> format(key);
      case 'i', 'l', 'M' -> integer(key, type);
      case 'o' -> size(key);
      case 'b' -> bool(key);
      case '-' -> flag(key, type);
      default -> rest(key, optional);
    }
  }

  private void string(String key, char type) throws HumanRefusal {
    try {
      values.put(key, text.word());
    } catch (HumanRefusal none) {
      String expected =
          switch (type) {
            case 'F' -> "filename";
            case 'B' -> "block device name";
            default -> "string";
          };
      throw new HumanRefusal(command + ": " + expected + " expected\n");
    }
  }

  private void rest(String key, boolean optional) throws HumanRefusal {
    if (text.atEnd() && !optional) {
      throw new HumanRefusal(command + ": string expected\n");
    }
    values.put(key, text.rest());
  }

  private void options(String key) throws HumanRefusal {
    if (!text.atEnd()) {
      values.put(key, word(""));
    }
  }

  /** Reads a word; {@code complaint} stands for a text that does not end. */
  private String word(String complaint) throws HumanRefusal {
    try {
      return text.word();
    } catch (HumanRefusal unfinished) {
      throw new HumanRefusal(complaint);
    }
  }

  private void format(String key) throws HumanRefusal {
    StringBuilder format = new StringBuilder();
    if (text.peek() == '/') {
      text.next();
      while (!text.atEnd() && !Character.isWhitespace(text.peek())) {
        char c = text.next();
        if ("0123456789xuoidcwhbgL".indexOf(c) < 0) {
          throw new HumanRefusal("invalid char in format: '" + c + "'\n");
        }
        format.append(c);
      }
    }
    values.put(key, format.toString());
  }

  private void integer(String key, String type) throws HumanRefusal {
    if (type.endsWith(".")) {
      if (text.peek() != '.') {
        return;
      }
      text.next();
      text.skipSpaces();
    }
    long value = new Expression(text).evaluate();
    if (type.charAt(0) == 'i' && value >>> 32 != 0) {
      throw new HumanRefusal("'" + command + "' has failed: integer is for 32-bit values\n");
    }
    if (type.charAt(0) == 'M' && value < 0) {
      throw new HumanRefusal("enter a positive value\n");
    }
    values.put(key, Long.toString(type.charAt(0) == 'M' ? value << 20 : value));
  }

  private void size(String key) throws HumanRefusal {
    OptionalLong size = Numbers.size(text.atEnd() ? "" : word("invalid size\n"), 1L << 20);
    if (size.isEmpty()) {
      throw new HumanRefusal("invalid size\n");
    }
    values.put(key, Long.toString(size.getAsLong()));
  }

  private void bool(String key) throws HumanRefusal {
    String word = text.atEnd() ? "" : text.word();
    if (!word.equals("on") && !word.equals("off")) {
      throw new HumanRefusal("Expected 'on' or 'off'\n");
    }
    values.put(key, word);
  }

  private void flag(String key, String type) throws HumanRefusal {
    if (text.peek() != '-') {
      return;
    }
    char given = text.peekAt(1);
    if (given == type.charAt(1)) {
      text.next();
      text.next();
      text.skipSpaces();
      values.put(key, type.length() > 2 ? text.word() : "on");
    } else if (flags.indexOf(given) < 0) {
      throw new HumanRefusal(command + ": unsupported option -" + given + "\n");
    }
  }

  private String flags = "";

  /** Says which flags the command has, so that one may stand before another. */
  ArgumentParser withFlags(String types) {
    StringBuilder all = new StringBuilder();
    for (String type : types.split(",", -1)) {
      int dash = type.indexOf(":-");
      if (dash >= 0 && type.length() > dash + 2) {
        all.append(type.charAt(dash + 2));
      }
    }
    flags = all.toString();
    return this;
  }
}
