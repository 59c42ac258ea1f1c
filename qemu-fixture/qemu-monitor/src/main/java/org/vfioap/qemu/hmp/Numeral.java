package org.vfioap.qemu.hmp;

import java.util.Locale;
import java.util.Map;

/** Prints the result of {@code print/FORMAT}. Source: monitor/misc.c of QEMU 7.2. */
final class Numeral {
  private Numeral() {}

  static String print(Map<String, String> arguments) {
    long value = Long.parseLong(arguments.getOrDefault("val", "0"));
    String format = arguments.getOrDefault("fmt", "");
    String letters = format.replaceAll("[0-9wbhg]", "");
    return switch (letters) {
      case "o" -> value == 0 ? "0" : "0" + Long.toOctalString(value);
      case "u" -> Long.toUnsignedString(value);
      case "d" -> Long.toString(value);
      case "c" -> character(value);
      default -> "0x" + Long.toHexString(value);
    };
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
