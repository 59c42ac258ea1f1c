package org.vfioap.qemu.hmp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.qemu.guest.DebugSettings;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.scalar.Numbers;

/**
 * Reads a command's arguments by their recorded types. Source: monitor/hmp.c of QEMU 7.2.
 *
 * <p>Values are texts; numbers in decimal, switches {@code on}.
 */
final class ArgumentParser {
  private static final Pattern SIZE =
      Pattern.compile("\\+?(0[xX][0-9a-fA-F]+|\\d+(\\.\\d*)?)[bBkKmMgGtTpPeE]?");

  private final String command;
  private final String types;
  private final TextCursor text;
  private final DebugSettings settings;
  private final Map<String, String> values = new LinkedHashMap<>();

  ArgumentParser(CommandTable.CommandEntry entry, TextCursor text, Guest guest) {
    this.command = entry.name();
    this.types = entry.types();
    this.text = text;
    this.settings = guest.debug();
  }

  Map<String, String> parse() throws HumanRefusal {
    for (int start = 0; start < types.length(); ) {
      int comma = types.indexOf(',', start);
      int end = comma < 0 ? types.length() : comma;
      int colon = types.indexOf(':', start);
      argument(types.substring(start, colon), types.substring(colon + 1, end), end);
      start = end + 1;
    }
    text.skipSpaces();
    if (!text.atEnd()) {
      throw new HumanRefusal(command + ": extraneous characters at the end of line\n");
    }
    return values;
  }

  private void argument(String key, String type, int end) throws HumanRefusal {
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
      case '-' -> flag(key, type, types.substring(end));
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

  /** The format is remembered even if the line is refused further on. */
  private void format(String key) throws HumanRefusal {
    StringBuilder format = new StringBuilder();
    if (text.peek() == '/') {
      text.next();
      while (text.peek() >= '0' && text.peek() <= '9') {
        format.append(text.next());
      }
      while (text.peek() != '\0' && "xuoidcbhwgL".indexOf(text.peek()) >= 0) {
        format.append(text.next());
      }
      if (!text.atEnd() && !Character.isWhitespace(text.peek())) {
        throw new HumanRefusal("invalid char in format: '" + text.peek() + "'\n");
      }
    }
    values.put(key, Integer.toString(DisplayFormat.remember(format.toString(), settings)));
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

  /** Takes the longest size that the text starts with; what follows is the next argument's. */
  private void size(String key) throws HumanRefusal {
    Matcher matcher = SIZE.matcher(text.ahead());
    OptionalLong size =
        matcher.lookingAt()
            ? Numbers.size(matcher.group().replaceFirst("^\\+", ""), 1L << 20)
            : OptionalLong.empty();
    if (size.isEmpty() || size.getAsLong() == Long.MAX_VALUE) {
      throw new HumanRefusal("invalid size\n");
    }
    text.skip(matcher.end());
    values.put(key, Long.toString(size.getAsLong()));
  }

  private void bool(String key) throws HumanRefusal {
    String word = text.atEnd() ? "" : text.word();
    if (!word.equals("on") && !word.equals("off")) {
      throw new HumanRefusal("Expected 'on' or 'off'\n");
    }
    values.put(key, word);
  }

  /** Takes a flag; another is left if its letter stands after a dash later in the types. */
  private void flag(String key, String type, String later) throws HumanRefusal {
    if (text.peek() != '-') {
      return;
    }
    char given = text.peekAt(1);
    if (given == type.charAt(1)) {
      text.next();
      text.next();
      values.put(key, type.length() > 2 ? value(given) : "on");
    } else if (given == '\0' && later.indexOf('-') < 0) {
      // The C string ends with the character that it is to show.
      throw new HumanRefusal(command + ": unsupported option -");
    } else if (given != '\0' && !later.contains("-" + given)) {
      throw new HumanRefusal(command + ": unsupported option -" + given + "\n");
    }
  }

  private String value(char flag) throws HumanRefusal {
    try {
      return text.word();
    } catch (HumanRefusal none) {
      throw new HumanRefusal(command + ": value expected for -" + flag + "\n");
    }
  }
}
