package org.vfioap.qemu.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A list of values.
 *
 * @param items the values in order
 */
public record JsonArray(List<JsonValue> items) implements JsonValue {

  /** The list without items. */
  public static final JsonArray EMPTY = new JsonArray(List.of());

  /** Copies {@code items}. */
  public JsonArray {
    items = List.copyOf(items);
  }

  /** Returns the list of {@code items}. */
  public static JsonArray of(Collection<? extends JsonValue> items) {
    return new JsonArray(List.copyOf(items));
  }

  /** Returns the list of {@code texts} as strings. */
  public static JsonArray ofStrings(Collection<String> texts) {
    List<JsonValue> items = new ArrayList<>();
    for (String text : texts) {
      items.add(JsonString.of(text));
    }
    return new JsonArray(items);
  }

  @Override
  public String toString() {
    return toJson();
  }
}
