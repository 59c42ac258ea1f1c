package org.vfioap.qemu.options;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.GlibHashTable;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.IntegerTypes;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qapi.SchemaType;
import org.vfioap.qemu.scalar.Numbers;
import org.vfioap.qemu.scalar.SizeText;
import org.vfioap.qemu.scalar.Switches;

/**
 * Reads an option of the command line as the schema describes it: members in the schema's order,
 * then what is left over. Members of inner objects stand beside the outer ones; an option that is
 * given twice is a list, or its last value. Source: qapi/opts-visitor.c of QEMU 7.2.
 */
public final class OptionsReader {
  /** Introspection shows all integers alike; these are the ones with a sign. */
  private static final Set<String> SIGNED =
      Set.of(
          "serial",
          "hubid",
          "ipv6-prefixlen",
          "node-id",
          "socket-id",
          "die-id",
          "cluster-id",
          "core-id",
          "thread-id");

  private static final Set<String> SIZES = Set.of("size", "align", "hugetlbsize", "sndbuf", "mem");

  private final CommandSchema schema;
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final GlibHashTable left = new GlibHashTable();

  private OptionsReader(CommandSchema schema, OptionString options) {
    this.schema = schema;
    for (OptionString.Entry each : options.entries()) {
      add(each.key(), each.value());
    }
    options.id().ifPresent(id -> add("id", id));
  }

  private void add(String key, String value) {
    values.computeIfAbsent(key, name -> new ArrayList<>()).add(value);
    left.insert(key);
  }

  /**
   * Returns the arguments of a known command that an option of the command line gives.
   *
   * @throws QemuError if one is missing, unexpected, or of the wrong type
   */
  public static JsonObject read(CommandSchema schema, String command, OptionString options)
      throws QemuError {
    return new OptionsReader(schema, options).read(schema.argumentType(command));
  }

  private JsonObject read(SchemaType type) throws QemuError {
    JsonObject object = JsonObject.empty();
    members((SchemaType.Struct) type, object);
    if (!left.keys().isEmpty()) {
      throw QemuError.generic("Invalid parameter '" + left.keys().get(0) + "'");
    }
    return object;
  }

  private void members(SchemaType.Struct type, JsonObject object) throws QemuError {
    for (SchemaType.Member member : type.members()) {
      String name = member.name();
      if (values.containsKey(name)) {
        object.with(name, value(schema.type(member.type()), name));
        left.remove(name);
      } else if (!member.optional()) {
        throw Refusals.missing(name);
      }
    }
    String kase = type.tag().flatMap(object::text).map(type.cases()::get).orElse("");
    if (!kase.isEmpty() && schema.type(kase) instanceof SchemaType.Struct more) {
      members(more, object);
    }
  }

  private JsonValue value(SchemaType type, String name) throws QemuError {
    List<String> texts = values.getOrDefault(name, List.of());
    if (type instanceof SchemaType.Array array) {
      return list(schema.type(array.element()), name, texts);
    }
    return scalar(type, name, texts.get(texts.size() - 1), "");
  }

  private JsonArray list(SchemaType element, String name, List<String> texts) throws QemuError {
    List<JsonValue> items = new ArrayList<>();
    for (String text : texts) {
      items.add(element(element, name, text));
    }
    return new JsonArray(items);
  }

  /** Members of an object in a list all read the same text. */
  private JsonValue element(SchemaType type, String name, String text) throws QemuError {
    if (!(type instanceof SchemaType.Struct struct)) {
      return scalar(type, name, text, " or range");
    }
    JsonObject object = JsonObject.empty();
    for (SchemaType.Member member : struct.members()) {
      if (!member.optional()) {
        object.with(member.name(), scalar(schema.type(member.type()), member.name(), text, ""));
      }
    }
    return object;
  }

  private JsonValue scalar(SchemaType type, String name, String text, String orRange)
      throws QemuError {
    if (type instanceof SchemaType.Enumeration words && !words.values().contains(text)) {
      throw Refusals.enumeration(name, text);
    }
    String kind = type instanceof SchemaType.Builtin builtin ? builtin.jsonType() : "string";
    if (IntegerTypes.contains(kind)) {
      return SIZES.contains(name) ? size(name, text) : number(name, text, orRange);
    }
    return kind.equals("boolean") ? bool(name, text) : JsonString.of(text);
  }

  private static JsonBool bool(String name, String text) throws QemuError {
    if (!Switches.isSwitch(text)) {
      throw Refusals.expects(name, "'on' or 'off'");
    }
    return JsonBool.of(Switches.isOn(text));
  }

  private static JsonNumber size(String name, String text) throws QemuError {
    Optional<Long> bytes = SizeText.parse(text, 1).flatMap(SizeText::bytes);
    return JsonNumber.parse(
        Long.toUnsignedString(bytes.orElseThrow(() -> Refusals.expects(name, "a size value"))));
  }

  private static JsonNumber number(String name, String text, String orRange) throws QemuError {
    boolean signed =
        SIGNED.contains(name)
            || name.startsWith("x-")
            || name.startsWith("poll-")
            || name.startsWith("thread-pool-")
            || name.equals("aio-max-batch");
    String first = orRange.isEmpty() ? text : text.split("-", 2)[0];
    Optional<BigInteger> whole =
        Numbers.whole(first).filter(value -> fits(value, signed ? Long.SIZE - 1 : Long.SIZE));
    if (whole.isEmpty() || (!signed && whole.get().signum() < 0)) {
      String kind = signed ? "an int64 value" : "a uint64 value";
      throw Refusals.expects(name, kind + orRange);
    }
    return JsonNumber.parse(whole.get().toString());
  }

  private static boolean fits(BigInteger value, int bits) {
    return value.bitLength() <= bits;
  }
}
