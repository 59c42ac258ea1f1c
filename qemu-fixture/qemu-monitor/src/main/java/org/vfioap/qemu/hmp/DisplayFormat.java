package org.vfioap.qemu.hmp;

import java.util.Locale;
import java.util.Map;
import org.vfioap.qemu.guest.DebugSettings;

/**
 * The part after the slash in {@code x/4xb} or {@code print/d}; what is left out is as it was the
 * last time. Source: monitor/hmp.c and monitor/misc.c of QEMU 7.2.
 *
 * @param count how many numbers
 * @param letter how they are printed
 * @param size bytes of each; -1 for instructions
 */
record DisplayFormat(int count, char letter, int size) {

  /** Remembers a format that the parser has read and returns how many numbers it wants. */
  static int remember(String text, DebugSettings settings) {
    String digits = text.replaceAll("\\D.*", "");
    char letter = settings.format();
    int size = settings.size();
    for (char c : text.substring(digits.length()).toCharArray()) {
      switch (c) {
        case 'b' -> size = 1;
        case 'h' -> size = 2;
        case 'w' -> size = 4;
        case 'g', 'L' -> size = 8;
        default -> letter = c;
      }
    }
    settings.useFormat(letter, letter == 'i' ? settings.size() : size);
    return digits.isEmpty() ? 1 : (int) Long.parseLong(digits);
  }

  /** Returns the format of a command that was read last. */
  static DisplayFormat last(Map<String, String> arguments, DebugSettings settings) {
    char letter = settings.format();
    int count = Integer.parseInt(arguments.getOrDefault("fmt", "1"));
    return new DisplayFormat(count, letter, letter == 'i' ? -1 : settings.size());
  }

  /** Returns {@code value} as {@code print} shows it. */
  String print(long value) {
    return switch (letter) {
      case 'o' -> value == 0 ? "0" : "0" + Long.toOctalString(value);
      case 'u' -> Long.toUnsignedString(value);
      case 'd', 'i' -> Long.toString(value);
      case 'c' -> character(value);
      default -> value == 0 ? "0" : "0x" + Long.toHexString(value);
    };
  }

  /** Returns zero as a dump of memory shows it, in its column. */
  String zero() {
    return switch (letter) {
      case 'o' -> pad((size * 8 + 2) / 3);
      case 'u', 'd' -> pad((size * 80 + 32) / 33);
      case 'c' -> character(0);
      default -> "0x" + "0".repeat(size * 2);
    };
  }

  private static String pad(int width) {
    return String.format(Locale.ROOT, "%" + width + "d", 0);
  }

  private static String character(long value) {
    int c = (int) value;
    boolean printable = c >= 32 && c < 127 && c != '\'' && c != '\\';
    if (printable) {
      return "'" + (char) c + "'";
    }
    return switch (c) {
      case '\'' -> "'\\''";
      case '\\' -> "'\\\\'";
      case '\n' -> "'\\n'";
      case '\r' -> "'\\r'";
      default -> String.format(Locale.ROOT, "'\\x%02x'", c);
    };
  }
}
