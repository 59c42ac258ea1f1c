package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;

/**
 * Finds out how wide the integers of commands are, which the schema hides.
 *
 * <p>A value of the wrong type tells whether the member is signed, the largest integer how wide it
 * is. No command runs: each message has one more argument that QEMU does not expect.
 */
final class IntegerRecorder {
  private static final Pattern WIDTH = Pattern.compile("expects (u?int\\d+)_t");
  private static final Set<String> UNCHECKED = Set.of("device_add");

  private final LiveQemu qemu;
  private final SampleArguments samples;
  private final Set<String> visited = new HashSet<>();
  private final Map<String, String> widths = new HashMap<>();
  private String command = "";

  IntegerRecorder(LiveQemu qemu, SampleArguments samples) {
    this.qemu = qemu;
    this.samples = samples;
  }

  /** Returns the widths by {@code TYPE MEMBER}: {@code uint16}, {@code int32}, …. */
  Map<String, String> measure(JsonValue schema) throws IOException {
    for (JsonValue each : ((JsonArray) schema).items()) {
      JsonObject entity = (JsonObject) each;
      command = entity.text("name").orElseThrow();
      boolean isCommand = entity.text("meta-type").equals(Optional.of("command"));
      if (isCommand && !UNCHECKED.contains(command)) {
        type(entity.text("arg-type").orElseThrow(), value -> value);
      }
    }
    return widths;
  }

  private void type(String name, UnaryOperator<JsonValue> within) throws IOException {
    JsonObject entity = samples.entity(name);
    switch (entity.text("meta-type").orElseThrow()) {
      case "object" -> object(name, entity, within);
      case "array" ->
          type(entity.text("element-type").orElseThrow(), value -> within.apply(list(value)));
      case "alternate" -> {
        for (JsonObject member : SampleArguments.list(entity, "members")) {
          type(member.text("type").orElseThrow(), within);
        }
      }
      default -> {}
    }
  }

  private void object(String name, JsonObject entity, UnaryOperator<JsonValue> within)
      throws IOException {
    if (!visited.add(name)) {
      return;
    }
    members(name, samples.object(name), within);
    for (JsonObject variant : SampleArguments.list(entity, "variants")) {
      JsonObject base = samples.object(name);
      String more = variant.text("type").orElseThrow();
      base.with(entity.text("tag").orElseThrow(), variant.get("case").orElseThrow());
      samples.object(more).members().forEach(base::with);
      if (visited.add(more)) {
        members(more, base, within);
      }
    }
  }

  private void members(String owner, JsonObject base, UnaryOperator<JsonValue> within)
      throws IOException {
    for (JsonObject member : SampleArguments.list(samples.entity(owner), "members")) {
      String name = member.text("name").orElseThrow();
      String type = member.text("type").orElseThrow();
      UnaryOperator<JsonValue> around = value -> within.apply(copy(base).with(name, value));
      if (type.equals("int") || type.equals("[int]")) {
        measure(owner + " " + name, type.equals("int") ? around : v -> around.apply(list(v)));
      } else {
        type(type, around);
      }
    }
  }

  private void measure(String member, UnaryOperator<JsonValue> around) throws IOException {
    boolean unsigned = ask(around.apply(JsonBool.TRUE)).contains("expects uint64");
    JsonNumber largest =
        unsigned ? new JsonNumber.Unsigned(-1) : new JsonNumber.Signed(Long.MAX_VALUE);
    Matcher width = WIDTH.matcher(ask(around.apply(largest)));
    if (width.find()) {
      widths.put(member, width.group(1));
    } else if (unsigned) {
      widths.put(member, "uint64");
    }
  }

  private String ask(JsonValue arguments) throws IOException {
    return qemu.ask(command, ((JsonObject) arguments).with("@unexpected@", 1));
  }

  private static JsonArray list(JsonValue element) {
    return new JsonArray(List.of(element));
  }

  private static JsonObject copy(JsonObject object) {
    JsonObject copy = JsonObject.empty();
    object.members().forEach(copy::with);
    return copy;
  }
}
