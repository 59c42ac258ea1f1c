package org.vfioap.qemu.hmp;

import java.util.Locale;
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

  /** Reads {@code text}, which the parser has checked, and remembers it in {@code settings}. */
  static DisplayFormat parse(String text, DebugSettings settings) {
    String digits = text.replaceAll("\\D.*", "");
    char letter = '\0';
    int size = -1;
    for (char c : text.substring(digits.length()).toCharArray()) {
      switch (c) {
        case 'b' -> size = 1;
        case 'h' -> size = 2;
        case 'w' -> size = 4;
        case 'g', 'L' -> size = 8;
        default -> letter = c;
      }
    }
    letter = letter == '\0' ? settings.format() : letter;
    size = letter != 'i' && size < 0 ? settings.size() : size;
    settings.useFormat(letter, letter == 'i' ? settings.size() : size);
    return new DisplayFormat(digits.isEmpty() ? 1 : Integer.parseInt(digits), letter, size);
  }

  /** Returns {@code value} as {@code print} shows it. */
  String print(long value) {
    return switch (letter) {
      case 'o' -> value == 0 ? "0" : "0" + Long.toOctalString(value);
      case 'u' -> Long.toUnsignedString(value);
      case 'd', 'i' -> Long.toString(value);
      case 'c' -> character(value);
      default -> "0x" + Long.toHexString(value);
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
    int c = (int) (value & 0xFF);
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
