package org.vfioap.qemu.json;

/** Input that QEMU's reader refuses; the message is QEMU's. */
public final class JsonSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  JsonSyntaxException(String message) {
    super(message, null, false, false);
  }

  static JsonSyntaxException parse(String detail) {
    return new JsonSyntaxException("JSON parse error, " + detail);
  }

  static JsonSyntaxException stray(Token token) {
    String text = ModifiedUtf8.decode(token.bytes());
    int nul = text.indexOf('\0');
    return parse("stray '" + (nul < 0 ? text : text.substring(0, nul)) + "'");
  }

  /** Returns this error with the place of a token in front, as QEMU 11.1 writes it. */
  JsonSyntaxException at(Token token) {
    return new JsonSyntaxException(token.line() + ":" + token.column() + ": " + text());
  }

  /** Returns QEMU's text. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
