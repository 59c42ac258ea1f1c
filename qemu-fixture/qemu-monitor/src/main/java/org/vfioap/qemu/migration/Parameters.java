package org.vfioap.qemu.migration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vfioap.qemu.json.JsonNull;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/** What can be tuned. Source: migration/migration.c (migrate_params_check) of QEMU 7.2. */
final class Parameters {
  private static final String BYTE = "a value between 1 and 255";
  private static final String PERCENT = "an integer in the range of 1 to 99";
  private static final String POWER = "a power of two no less than the target page size";
  private static final String LIMIT = "an integer in the range of cpu_throttle_initial to 99";
  private static final String INITIAL = "cpu-throttle-initial";
  private static final String MAPPING = "block-bitmap-mapping";
  private static final long USUAL_INITIAL = 20;
  private static final JsonValue EMPTY = JsonString.of("");

  /** In the order of QEMU's checks; the cache must also be a power of two. */
  private static final List<Range> RANGES =
      List.of(
          new Range("compress-level", 0, 9, "a value between 0 and 9"),
          new Range("compress-threads", 1, 255, BYTE),
          new Range("decompress-threads", 1, 255, BYTE),
          new Range("throttle-trigger-threshold", 1, 100, "an integer in the range of 1 to 100"),
          new Range(INITIAL, 1, 99, PERCENT),
          new Range("cpu-throttle-increment", 1, 99, PERCENT),
          new Range(
              "downtime-limit", 0, 2_000_000, "an integer in the range of 0 to (2000 * 1000) ms"),
          new Range("multifd-channels", 1, 255, BYTE),
          new Range("xbzrle-cache-size", 4096, -1, POWER),
          new Range("max-cpu-throttle", 0, 99, LIMIT),
          new Range("announce-initial", 0, 100_000, "a value between 0 and 100000"),
          new Range("announce-max", 0, 100_000, "a value between 0 and 100000"),
          new Range("announce-rounds", 0, 1000, "a value between 0 and 1000"),
          new Range("announce-step", 1, 10_000, "a value between 0 and 10000"));

  /** What QEMU 7.2 takes but never keeps. */
  private static final Set<String> IGNORED = Set.of("multifd-zlib-level", "multifd-zstd-level");

  private static final String BANDWIDTH = "max-bandwidth";
  private static final long USUAL_BANDWIDTH = 128 << 20;

  private final Map<String, JsonValue> changed = new LinkedHashMap<>();
  private volatile long bandwidth = USUAL_BANDWIDTH;

  /** Changes all or none. */
  void set(JsonObject wanted) throws QemuError {
    Map<String, JsonValue> next = new LinkedHashMap<>(changed);
    wanted.members().forEach((name, value) -> next.put(name, kept(value)));
    next.keySet().removeAll(IGNORED);
    check(next);
    changed.putAll(next);
    bandwidth = next.containsKey(BANDWIDTH) ? bits(next.get(BANDWIDTH)) : USUAL_BANDWIDTH;
  }

  /** Returns how many bytes may go in a second; any thread may ask. */
  long bandwidth() {
    return bandwidth;
  }

  /** Negative numbers wrap round, since all are unsigned. */
  private static JsonValue kept(JsonValue value) {
    if (value instanceof JsonNumber.Signed number && number.value() < 0) {
      return new JsonNumber.Unsigned(number.value());
    }
    return value == JsonNull.NULL ? EMPTY : value;
  }

  private static void check(Map<String, JsonValue> values) throws QemuError {
    for (Range range : RANGES) {
      JsonValue value = values.get(range.name);
      boolean fits = value == null || range.contains(bits(value));
      if (range.text.equals(POWER)) {
        fits &= value == null || Long.bitCount(bits(value)) == 1;
      } else if (range.text.equals(LIMIT)) {
        long initial = values.containsKey(INITIAL) ? bits(values.get(INITIAL)) : USUAL_INITIAL;
        fits &= value == null || bits(value) >= initial;
      }
      if (!fits) {
        throw Refusals.expects(range.name.replace('-', '_'), range.text);
      }
    }
  }

  private static long bits(JsonValue value) {
    if (value instanceof JsonNumber.Unsigned unsigned) {
      return unsigned.bits();
    }
    return value instanceof JsonNumber.Signed signed ? signed.value() : 0;
  }

  /** Returns the recorded parameters with what was changed. */
  JsonObject toJson(JsonObject recorded) {
    JsonObject answer = JsonObject.empty();
    // What was written last comes first, so that the recorded order stays.
    List<String> names = new ArrayList<>(recorded.members().keySet());
    Collections.reverse(names);
    for (String name : names) {
      answer.with(name, changed.getOrDefault(name, recorded.get(name).orElseThrow()));
    }
    if (changed.containsKey(MAPPING)) {
      answer.with(MAPPING, changed.get(MAPPING));
    }
    return answer;
  }

  /** What a number may be, both ends included and as unsigned numbers. */
  private record Range(String name, long least, long most, String text) {
    boolean contains(long value) {
      return Long.compareUnsigned(value, least) >= 0 && Long.compareUnsigned(value, most) <= 0;
    }
  }
}
