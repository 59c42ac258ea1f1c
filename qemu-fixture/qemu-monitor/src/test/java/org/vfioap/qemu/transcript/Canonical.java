package org.vfioap.qemu.transcript;

import java.util.TreeMap;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;

/** A value without the order of members and lists. */
final class Canonical {
  private Canonical() {}

  static String of(String json) {
    try {
      return of(JsonReader.parse(json));
    } catch (JsonSyntaxException broken) {
      return broken.text();
    }
  }

  private static String of(JsonValue value) {
    if (value instanceof JsonObject object) {
      TreeMap<String, String> sorted = new TreeMap<>();
      object.members().forEach((name, each) -> sorted.put(name, of(each)));
      return sorted.toString();
    }
    if (value instanceof JsonArray array) {
      return array.items().stream().map(Canonical::of).sorted().toList().toString();
    }
    return value.toString();
  }
}
