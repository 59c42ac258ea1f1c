package org.vfioap.qemu.json;

/**
 * A string. U+0000 is allowed; lone surrogates never come out of the reader.
 *
 * @param text the characters without quotes and escapes
 */
public record JsonString(String text) implements JsonValue {

  /** Returns the string value for {@code text}. */
  public static JsonString of(String text) {
    return new JsonString(text);
  }

  @Override
  public String toString() {
    return toJson();
  }
}
