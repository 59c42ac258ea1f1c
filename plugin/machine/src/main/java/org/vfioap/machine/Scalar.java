package org.vfioap.machine;

/** Texts that YAML could take for something else, or that have more than one line. */
final class Scalar {
  private Scalar() {}

  /** Returns the text in double quotes, with escapes for what is not a printable character. */
  static String of(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> append(quoted, c));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int character) {
    switch (character) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\t' -> quoted.append("\\t");
      default -> {
        if (character >= ' ' && character <= '~') {
          quoted.append((char) character);
        } else {
          quoted.append(String.format(character > 0xffff ? "\\U%08x" : "\\u%04x", character));
        }
      }
    }
  }
}
