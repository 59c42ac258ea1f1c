package org.vfioap.qemu.json;

/**
 * A value that is already written as QEMU writes it; recorded answers pass through unread.
 *
 * @param json the text, one line
 */
public record JsonText(String json) implements JsonValue {

  /**
   * Returns the value itself.
   *
   * @throws IllegalStateException if the text is not JSON
   */
  public JsonValue parsed() {
    try {
      return JsonReader.parse(json);
    } catch (JsonSyntaxException broken) {
      throw new IllegalStateException("not JSON: " + json, broken);
    }
  }

  @Override
  public String toString() {
    return json;
  }
}
