package org.vfioap.qemu.migration;

import java.util.LinkedHashMap;
import java.util.Map;
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
  private static final Map<String, Range> RANGES =
      Map.of(
          "compress-level", new Range(0, 9, "a value between 0 and 9"),
          "compress-threads", new Range(1, 255, BYTE),
          "decompress-threads", new Range(1, 255, BYTE),
          "throttle-trigger-threshold", new Range(1, 100, "an integer in the range of 1 to 100"),
          "cpu-throttle-initial", new Range(1, 99, "an integer in the range of 1 to 99"),
          "cpu-throttle-increment", new Range(1, 99, "an integer in the range of 1 to 99"),
          "downtime-limit",
              new Range(0, 2_000_000, "an integer in the range of 0 to (2000 * 1000) ms"),
          "multifd-channels", new Range(1, 255, BYTE),
          "multifd-zlib-level", new Range(0, 9, "a value between 0 and 9"),
          "max-cpu-throttle",
              new Range(20, 99, "an integer in the range of cpu_throttle_initial to 99"));

  private final Map<String, JsonValue> changed = new LinkedHashMap<>();

  /** Changes all or none. */
  void set(JsonObject wanted) throws QemuError {
    for (Map.Entry<String, JsonValue> each : wanted.members().entrySet()) {
      check(each.getKey(), each.getValue());
    }
    wanted
        .members()
        .forEach((name, value) -> changed.put(name, value == JsonNull.NULL ? EMPTY : value));
  }

  private static final JsonValue EMPTY = JsonString.of("");

  private static void check(String name, JsonValue value) throws QemuError {
    long number = value instanceof JsonNumber.Signed signed ? signed.value() : 0;
    Range range = RANGES.get(name);
    if (range != null && (number < range.least || number > range.most)) {
      throw Refusals.expects(name.replace('-', '_'), range.text);
    }
    if (name.equals("xbzrle-cache-size") && (number < 4096 || Long.bitCount(number) != 1)) {
      throw Refusals.expects(
          "xbzrle_cache_size", "a power of two no less than the target page size");
    }
  }

  /** Returns the recorded parameters with what was changed. */
  JsonObject toJson(JsonObject recorded) {
    JsonObject answer = JsonObject.empty();
    recorded
        .members()
        .forEach((name, value) -> answer.with(name, changed.getOrDefault(name, value)));
    return answer;
  }

  private record Range(long least, long most, String text) {}
}
