package org.vfioap.qemu.json;

/** The literals {@code true} and {@code false}. */
public enum JsonBool implements JsonValue {
  /** The literal {@code false}. */
  FALSE,
  /** The literal {@code true}. */
  TRUE;

  /** Returns the literal for {@code value}. */
  public static JsonBool of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** Says whether this is {@code true}. */
  public boolean isTrue() {
    return this == TRUE;
  }

  @Override
  public String toString() {
    return isTrue() ? "true" : "false";
  }
}
