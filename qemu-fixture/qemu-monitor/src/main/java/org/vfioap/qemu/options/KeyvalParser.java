package org.vfioap.qemu.options;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Reads {@code key=value,a.b=value,a.0=value} into nested objects and lists whose leaves are texts.
 *
 * <p>Unlike {@link OptionString} a key is a path of names and indices, a key without value is an
 * error, and the last of equal keys counts. Source: util/keyval.c of QEMU 7.2.
 */
public final class KeyvalParser {
  private static final Pattern NAME = Pattern.compile("(__[A-Za-z0-9.-]+_)?[A-Za-z][A-Za-z0-9_-]*");
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");
  private static final int LONGEST_FRAGMENT = 127;

  private final String text;
  private final String impliedKey;
  private boolean help;

  private KeyvalParser(String text, String impliedKey) {
    this.text = text;
    this.impliedKey = impliedKey;
  }

  /**
   * Parses {@code text}, in which no one asks for help.
   *
   * @param impliedKey the key of a first value without one; empty if there is none
   * @throws QemuError if a key is malformed or keys contradict each other
   */
  public static JsonObject parse(String text, String impliedKey) throws QemuError {
    JsonObject object = JsonObject.empty();
    if (parseInto(object, text, impliedKey)) {
      throw QemuError.generic("Help is not available for this option");
    }
    return object;
  }

  /** Parses {@code text} on top of {@code target} and says whether it asks for help. */
  public static boolean parseInto(JsonObject target, String text, String impliedKey)
      throws QemuError {
    KeyvalParser parser = new KeyvalParser(text, impliedKey);
    JsonObject parsed = JsonObject.empty();
    int at = 0;
    while (at < text.length()) {
      at = parser.one(parsed, at);
    }
    listify(parsed, "");
    merge(target, parsed, "");
    return parser.help;
  }

  /** Parses the element at {@code from} and returns where the next one starts. */
  private int one(JsonObject object, int from) throws QemuError {
    int end = end(from, "=,");
    if (end > from && !isAt(end, '=')) {
      String word = text.substring(from, end);
      if (word.equals("help") || word.equals("?")) {
        help = true;
        return end + 1;
      }
      if (from == 0 && !impliedKey.isEmpty()) {
        StringBuilder value = new StringBuilder();
        int next = value(from, value);
        put(object, impliedKey, JsonString.of(value.toString()), impliedKey);
        return next;
      }
    }
    return keyed(object, from, end);
  }

  private int keyed(JsonObject object, int from, int end) throws QemuError {
    String key = text.substring(from, end);
    List<String> fragments = fragments(key);
    if (!isAt(end, '=')) {
      throw QemuError.generic("Expected '=' after parameter '" + key + "'");
    }
    StringBuilder value = new StringBuilder();
    JsonObject inner = object;
    int last = fragments.size() - 1;
    for (String fragment : fragments.subList(0, last)) {
      inner = inner(inner, fragment, key);
    }
    int next = value(end + 1, value);
    put(inner, fragments.get(last), JsonString.of(value.toString()), key);
    return next;
  }

  private static List<String> fragments(String key) throws QemuError {
    List<String> fragments = new ArrayList<>();
    int at = 0;
    do {
      Matcher index = INDEX.matcher(key).region(at, key.length());
      Matcher name = NAME.matcher(key).region(at, key.length());
      int end = at > 0 && index.lookingAt() ? index.end() : name.lookingAt() ? name.end() : at;
      if (end == at || (end < key.length() && key.charAt(end) != '.')) {
        throw QemuError.generic("Invalid parameter '" + key + "'");
      }
      String fragment = key.substring(at, end);
      if (fragment.length() > LONGEST_FRAGMENT) {
        String what = fragment.equals(key) ? "" : " fragment";
        throw QemuError.generic("Parameter" + what + " '" + fragment + "' is too long");
      }
      fragments.add(fragment);
      at = end + 1;
    } while (at <= key.length());
    return fragments;
  }

  private static JsonObject inner(JsonObject object, String name, String key) throws QemuError {
    JsonValue old = object.get(name).orElse(null);
    if (old instanceof JsonObject found) {
      return found;
    }
    if (old != null) {
      throw inconsistent(key.substring(0, key.lastIndexOf('.')) + ".*");
    }
    JsonObject fresh = JsonObject.empty();
    object.with(name, fresh);
    return fresh;
  }

  private static void put(JsonObject object, String name, JsonString value, String key)
      throws QemuError {
    if (object.get(name).orElse(null) instanceof JsonObject) {
      throw inconsistent(key + ".*");
    }
    object.with(name, value);
  }

  private static QemuError inconsistent(String what) {
    return QemuError.generic("Parameters '" + what + "' used inconsistently");
  }

  private int value(int from, StringBuilder value) {
    int at = from;
    while (at < text.length()) {
      if (isAt(at, ',')) {
        if (!isAt(at + 1, ',')) {
          break;
        }
        at++;
      }
      value.append(text.charAt(at++));
    }
    return at + 1;
  }

  private int end(int from, String stops) {
    int at = from;
    while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private boolean isAt(int at, char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  /** Replaces each object whose keys are indices by a list; returns nothing but refusals. */
  private static void listify(JsonObject object, String path) throws QemuError {
    for (String name : List.copyOf(object.members().keySet())) {
      if (object.get(name).orElseThrow() instanceof JsonObject inner) {
        String below = path + name + ".";
        listify(inner, below);
        if (isList(inner, below)) {
          object.with(name, list(inner, below));
        }
      }
    }
  }

  private static boolean isList(JsonObject object, String path) throws QemuError {
    long indices =
        object.members().keySet().stream().filter(key -> INDEX.matcher(key).matches()).count();
    if (indices > 0 && indices < object.size()) {
      throw inconsistent(path + "*");
    }
    return indices > 0;
  }

  private static JsonArray list(JsonObject object, String path) throws QemuError {
    List<JsonValue> items = new ArrayList<>();
    for (int i = 0; i < object.size(); i++) {
      String name = path + i;
      items.add(
          object
              .get(Integer.toString(i))
              .orElseThrow(() -> QemuError.generic("Parameter '" + name + "' missing")));
    }
    return new JsonArray(items);
  }

  /**
   * Puts the members of {@code source} on top of those of {@code target}.
   *
   * @throws QemuError if one has an object where the other has none
   */
  public static void merge(JsonObject target, JsonObject source, String path) throws QemuError {
    for (var each : source.members().entrySet()) {
      JsonValue old = target.get(each.getKey()).orElse(null);
      String name = path + each.getKey();
      if (old != null && !old.getClass().equals(each.getValue().getClass())) {
        throw QemuError.generic("Parameter '" + name + "' used inconsistently");
      }
      if (old instanceof JsonObject into && each.getValue() instanceof JsonObject from) {
        merge(into, from, name + ".");
      } else {
        target.with(each.getKey(), each.getValue());
      }
    }
  }
}
