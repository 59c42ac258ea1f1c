package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;

/**
 * Walks QOM below a path. An object's text is its type, then a line per property in QEMU's order:
 * name, type, and the value as JSON or {@code !} and the error; children and CPU features carry no
 * value.
 */
final class TreeRecorder {
  private final LiveQemu qemu;
  private final Set<String> withoutValue;

  TreeRecorder(LiveQemu qemu, Set<String> withoutValue) {
    this.qemu = qemu;
    this.withoutValue = withoutValue;
  }

  /** Returns the text of each object by its path. */
  Map<String, String> walk(String path) throws IOException {
    Map<String, String> objects = new LinkedHashMap<>();
    walk(path, objects);
    return objects;
  }

  private void walk(String path, Map<String, String> objects) throws IOException {
    StringBuilder text = new StringBuilder();
    objects.put(path, "");
    text.append(textOf(get(path, "type"))).append('\n');
    for (JsonValue item : list(path)) {
      JsonObject property = (JsonObject) item;
      String name = property.text("name").orElseThrow();
      String type = property.text("type").orElseThrow();
      if (type.startsWith("child<monitor-")) {
        continue; // The monitor that is asked is no part of the machine.
      }
      text.append(name).append('\t').append(type).append(value(path, name, type)).append('\n');
      if (type.startsWith("child<")) {
        walk(path.equals("/") ? "/" + name : path + "/" + name, objects);
      }
    }
    objects.put(path, text.toString());
  }

  private Iterable<JsonValue> list(String path) throws IOException {
    return ((JsonArray) LiveQemu.result(qemu.ask("qom-list", JsonObject.of("path", path)))).items();
  }

  private String value(String path, String name, String type) throws IOException {
    if (type.startsWith("child<") || withoutValue.contains(name)) {
      return "";
    }
    String reply = get(path, name);
    return "\t" + (LiveQemu.failed(reply) ? "!" + description(reply) : LiveQemu.returned(reply));
  }

  private String get(String path, String property) throws IOException {
    return qemu.ask("qom-get", JsonObject.of("path", path).with("property", property));
  }

  private static String textOf(String reply) {
    return LiveQemu.result(reply) instanceof JsonString string ? string.text() : "";
  }

  static String description(String reply) {
    return ((JsonObject) LiveQemu.result(reply)).text("desc").orElse("");
  }
}
