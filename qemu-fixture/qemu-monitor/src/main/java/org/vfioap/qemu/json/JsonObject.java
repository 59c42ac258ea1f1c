package org.vfioap.qemu.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object whose members come in QEMU's hash order.
 *
 * <p>QEMU keeps members in 512 buckets and walks them in bucket order, the latest insertion of a
 * bucket first. Source: qobject/qdict.c of QEMU 7.2, measured with objects of up to 90 members.
 */
public final class JsonObject implements JsonValue {
  private static final int FEW = 16;

  private final List<Slot> slots = new ArrayList<>(4);

  /** The members by name once there are many; few are found faster without. */
  private @Nullable Map<String, Slot> index;

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
    Slot slot = find(name);
    if (slot == null) {
      add(new Slot(name, slots.size(), value));
    } else {
      slot.value = value;
    }
    return this;
  }

  private @Nullable Slot find(String name) {
    if (index != null) {
      return index.get(name);
    }
    for (Slot slot : slots) {
      if (slot.name.equals(name)) {
        return slot;
      }
    }
    return null;
  }

  private void add(Slot slot) {
    slots.add(slot);
    if (index == null && slots.size() > FEW) {
      index = new HashMap<>();
      for (Slot each : slots) {
        index.put(each.name, each);
      }
    } else if (index != null) {
      index.put(slot.name, slot);
    }
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
    return find(name) != null;
  }

  /** Returns the member called {@code name}. */
  public Optional<JsonValue> get(String name) {
    Slot slot = find(name);
    return slot == null ? Optional.empty() : Optional.of(slot.value);
  }

  /** Returns the text of the string member called {@code name}. */
  public Optional<String> text(String name) {
    Slot slot = find(name);
    return slot != null && slot.value instanceof JsonString string
        ? Optional.of(string.text())
        : Optional.empty();
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
    return slots;
  }

  Slot[] ordered() {
    Slot[] ordered = slots.toArray(new Slot[0]);
    Arrays.sort(ordered);
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

  /** A member; its order is QEMU's. */
  static final class Slot implements Comparable<Slot> {
    final String name;
    private final int bucket;
    private final int sequence;
    JsonValue value;

    Slot(String name, int sequence, JsonValue value) {
      this.name = name;
      this.bucket = QdictHash.bucket(name);
      this.sequence = sequence;
      this.value = value;
    }

    @Override
    public int compareTo(Slot other) {
      return bucket != other.bucket ? bucket - other.bucket : other.sequence - sequence;
    }
  }
}
