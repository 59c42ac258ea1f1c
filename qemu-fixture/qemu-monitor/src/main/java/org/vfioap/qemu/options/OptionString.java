package org.vfioap.qemu.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.scalar.Switches;

/**
 * A list {@code key=value,key=value}, with {@code ,,} for a comma and an implied key for the first
 * value.
 *
 * <p>Source: util/qemu-option.c of QEMU 7.2. A key without value means on ({@code nokey} off); such
 * keys are remembered, since QEMU warns about them.
 */
public final class OptionString {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> flags = new ArrayList<>();
  private Optional<String> firstId = Optional.empty();
  private boolean help;

  private OptionString() {}

  /** Parses {@code text}; a first element without {@code =} is the value of {@code impliedKey}. */
  public static OptionString parse(String text, String impliedKey) {
    OptionString options = new OptionString();
    int at = 0;
    boolean first = true;
    while (at < text.length()) {
      at = options.element(text, at, first ? impliedKey : "");
      first = false;
    }
    return options;
  }

  private int element(String text, int from, String impliedKey) {
    int equals = text.indexOf('=', from);
    int comma = text.indexOf(',', from);
    boolean keyed = equals >= 0 && (comma < 0 || equals < comma);
    StringBuilder value = new StringBuilder();
    if (keyed) {
      int end = value(text, equals + 1, value);
      put(text.substring(from, equals), value.toString());
      return end;
    }
    if (!impliedKey.isEmpty()) {
      int end = value(text, from, value);
      put(impliedKey, value.toString());
      return end;
    }
    int end = comma < 0 ? text.length() : comma;
    flag(text.substring(from, end));
    return end + 1;
  }

  private static int value(String text, int from, StringBuilder value) {
    int at = from;
    while (at < text.length()) {
      if (text.charAt(at) == ',') {
        if (at + 1 >= text.length() || text.charAt(at + 1) != ',') {
          break;
        }
        at++;
      }
      value.append(text.charAt(at++));
    }
    return at + 1;
  }

  private void put(String key, String value) {
    if (key.equals("id")) {
      firstId = firstId.isPresent() ? firstId : Optional.of(value);
    } else {
      entries.add(new Entry(key, value));
      values.remove(key);
      values.put(key, value);
    }
  }

  private void flag(String name) {
    boolean off = name.startsWith("no");
    String key = off ? name.substring(2) : name;
    String value = off ? "off" : "on";
    entries.add(new Entry(key, value));
    if (name.equals("help") || name.equals("?")) {
      help = true;
    } else if (!name.isEmpty()) {
      values.put(key, value);
      flags.add(name);
    }
  }

  /** Returns keys and values as they stand, equal keys too, without the identifier. */
  public List<Entry> entries() {
    return entries;
  }

  /** Returns the values by key, without the identifier. */
  public Map<String, String> values() {
    return values;
  }

  /** Returns the value of {@code key}. */
  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** Says whether {@code key} is on; absent means {@code otherwise}. */
  public boolean isOn(String key, boolean otherwise) {
    String value = values.get(key);
    return value == null ? otherwise : Switches.isOn(value);
  }

  /** Returns the identifier; the first one counts. */
  public Optional<String> id() {
    return firstId;
  }

  /** Returns the keys that came without a value, as written. */
  public List<String> flags() {
    return flags;
  }

  /** Returns the warning about a key without a value. */
  public static String deprecation(String flag) {
    String modern = flag.startsWith("no") ? flag.substring(2) + "=off" : flag + "=on";
    return "warning: short-form boolean option '"
        + flag
        + "' deprecated\nPlease use "
        + modern
        + " instead\n";
  }

  /** Says whether the list asks for help. */
  public boolean wantsHelp() {
    return help || values.containsKey("help") || values.containsKey("?");
  }

  /** A key and its value. */
  public record Entry(String key, String value) {}
}
