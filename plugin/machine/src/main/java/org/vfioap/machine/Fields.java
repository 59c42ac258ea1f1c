package org.vfioap.machine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of a mapping whose keys are fixed. A key without a value counts as not written. */
final class Fields {
  private final String what;
  private final Position position;
  private final List<String> known;
  private final Map<String, YamlValue.Entry> entries = new HashMap<>();

  private Fields(String what, Position position, List<String> known) {
    this.what = what;
    this.position = position;
    this.known = known;
  }

  /**
   * Reads a mapping.
   *
   * @param what how messages call it
   * @param known the keys that it may have
   */
  static Fields of(YamlValue mapping, String what, List<String> known) {
    Fields fields = new Fields(what, mapping.position(), known);
    mapping.entries(what, "the keys " + fields.allowed()).forEach(fields::add);
    return fields;
  }

  private String allowed() {
    return String.join(", ", known);
  }

  private void add(YamlValue.Entry entry) {
    Position where = entry.key().position();
    String key = entry.key().text("a key of " + what, allowed());
    if (!known.contains(key)) {
      throw where.error("unknown key " + Quoted.of(key) + " in " + what + nearest(key), allowed());
    }
    YamlValue.Entry first = entries.putIfAbsent(key, entry);
    if (first != null) {
      throw where.error(
          "key '" + key + "' is given twice, first in line " + first.key().position().line(),
          "each key once");
    }
  }

  private String nearest(String key) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> Spelling.distance(candidate, key)))
        .filter(candidate -> Spelling.isSimilar(candidate, key))
        .map(candidate -> ", nearest is '" + candidate + "'")
        .orElse("");
  }

  Optional<YamlValue> get(String key) {
    return Optional.ofNullable(entries.get(key))
        .map(YamlValue.Entry::value)
        .filter(value -> !value.isNull());
  }

  /** Returns the value of a key that has no default. */
  YamlValue require(String key, String allowed) {
    return get(key).orElseThrow(() -> position.error(what + " has no " + key, allowed));
  }

  boolean flag(String key, boolean otherwise) {
    return get(key).map(value -> value.flag(key)).orElse(otherwise);
  }
}
