package org.vfioap.recording;

/** Texts in YAML. */
final class Quoting {
  private Quoting() {}

  /** Returns the text in double quotes, with escapes for what is not printable ASCII. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> append(quoted, c));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int character) {
    if (character == '"' || character == '\\') {
      quoted.append('\\').appendCodePoint(character);
    } else if (character == '\n') {
      quoted.append("\\n");
    } else if (character >= ' ' && character <= '~') {
      quoted.appendCodePoint(character);
    } else {
      quoted.append(String.format(character > 0xffff ? "\\U%08x" : "\\u%04x", character));
    }
  }

  /** Returns the text without what a terminal or a comment could take for something else. */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .forEach(visible::appendCodePoint);
    return visible.toString();
  }
}
