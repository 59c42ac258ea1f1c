package org.vfioap.qemu.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object whose members come in QEMU's hash order.
 *
 * <p>QEMU keeps members in 512 buckets and walks them in bucket order, the latest insertion of a
 * bucket first. Source: qobject/qdict.c of QEMU 7.2, measured with objects of up to 90 members.
 */
public final class JsonObject implements JsonValue {
  private static final Comparator<Slot> QEMU_ORDER =
      Comparator.<Slot>comparingInt(slot -> slot.bucket)
          .thenComparing(Comparator.<Slot>comparingInt(slot -> slot.sequence).reversed());

  private final Map<String, Slot> slots = new HashMap<>();
  private int inserted;

  private JsonObject() {}

  /** Returns an object without members. */
  public static JsonObject empty() {
    return new JsonObject();
  }

  /** Returns an object with one member. */
  public static JsonObject of(String name, JsonValue value) {
    return empty().with(name, value);
  }

  /** Returns an object with one string member. */
  public static JsonObject of(String name, String value) {
    return empty().with(name, value);
  }

  /** Sets a member and returns this object. */
  public JsonObject with(String name, JsonValue value) {
    Slot slot = slots.get(name);
    if (slot == null) {
      slots.put(name, new Slot(name, QdictHash.bucket(name), inserted++, value));
    } else {
      slot.value = value;
    }
    return this;
  }

  /** Sets a string member and returns this object. */
  public JsonObject with(String name, String value) {
    return with(name, JsonString.of(value));
  }

  /** Sets an integer member and returns this object. */
  public JsonObject with(String name, long value) {
    return with(name, JsonNumber.of(value));
  }

  /** Sets a boolean member and returns this object. */
  public JsonObject with(String name, boolean value) {
    return with(name, JsonBool.of(value));
  }

  /** Says whether a member called {@code name} exists. */
  public boolean has(String name) {
    return slots.containsKey(name);
  }

  /** Returns the member called {@code name}. */
  public Optional<JsonValue> get(String name) {
    Slot slot = slots.get(name);
    return slot == null ? Optional.empty() : Optional.of(slot.value);
  }

  /** Returns the text of the string member called {@code name}. */
  public Optional<String> text(String name) {
    return get(name).map(v -> v instanceof JsonString string ? string.text() : null);
  }

  /** Returns the names and values in QEMU's order. */
  public Map<String, JsonValue> members() {
    Map<String, JsonValue> ordered = new LinkedHashMap<>();
    for (Slot slot : ordered()) {
      ordered.put(slot.name, slot.value);
    }
    return ordered;
  }

  /** Returns the number of members. */
  public int size() {
    return slots.size();
  }

  List<Slot> inserted() {
    List<Slot> all = new ArrayList<>(slots.values());
    all.sort(Comparator.comparingInt(slot -> slot.sequence));
    return all;
  }

  List<Slot> ordered() {
    List<Slot> ordered = new ArrayList<>(slots.values());
    ordered.sort(QEMU_ORDER);
    return ordered;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject that && members().equals(that.members());
  }

  @Override
  public int hashCode() {
    return members().hashCode();
  }

  @Override
  public String toString() {
    return toJson();
  }

  static final class Slot {
    final String name;
    final int bucket;
    final int sequence;
    JsonValue value;

    Slot(String name, int bucket, int sequence, JsonValue value) {
      this.name = name;
      this.bucket = bucket;
      this.sequence = sequence;
      this.value = value;
    }
  }
}
