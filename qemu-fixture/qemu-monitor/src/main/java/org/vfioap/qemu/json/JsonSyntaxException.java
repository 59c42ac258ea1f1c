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

  /** Returns QEMU's text. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
