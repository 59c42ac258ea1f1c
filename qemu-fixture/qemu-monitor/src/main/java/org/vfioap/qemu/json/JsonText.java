package org.vfioap.qemu.json;

import java.util.List;

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
      return rewound(JsonReader.parse(json));
    } catch (JsonSyntaxException broken) {
      throw new IllegalStateException("not JSON: " + json, broken);
    }
  }

  /** QEMU wrote the members in its order; inserted the other way round they keep it. */
  private static JsonValue rewound(JsonValue value) {
    if (value instanceof JsonObject object) {
      JsonObject copy = JsonObject.empty();
      List<JsonObject.Slot> slots = object.inserted();
      for (int i = slots.size() - 1; i >= 0; i--) {
        copy.with(slots.get(i).name, rewound(slots.get(i).value));
      }
      return copy;
    }
    if (value instanceof JsonArray array) {
      return JsonArray.of(array.items().stream().map(JsonText::rewound).toList());
    }
    return value;
  }

  @Override
  public String toString() {
    return json;
  }
}
