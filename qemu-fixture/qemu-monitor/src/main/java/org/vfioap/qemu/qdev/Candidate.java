package org.vfioap.qemu.qdev;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;

/**
 * A device about to come to life on a bus.
 *
 * @param model the type's name
 * @param id the identifier; empty if it has none
 * @param bus where it will sit
 * @param values the values given; coming to life adds those that the device picks itself
 * @param board what is there already
 */
record Candidate(String model, String id, Bus bus, Map<String, JsonValue> values, Board board) {

  /** Returns the whole number given for a property. */
  OptionalLong number(String property) {
    return values.get(property) instanceof JsonNumber.Signed given
        ? OptionalLong.of(given.value())
        : OptionalLong.empty();
  }

  /** Returns the text given for a property, unless it is empty. */
  Optional<String> text(String property) {
    return values.get(property) instanceof JsonString given
        ? Optional.of(given.text()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  /** Says whether a switch was given as on. */
  boolean isOn(String property) {
    return Optional.ofNullable(values.get(property))
        .map(JsonValue::toJson)
        .equals(Optional.of("true"));
  }

  /** Picks the value of a property. */
  void settle(String property, JsonValue value) {
    values.put(property, value);
  }

  /** Says whether the model is one of a family: {@code virtio-net}, for all its transports. */
  boolean isA(String family) {
    return model.equals(family) || model.startsWith(family + "-");
  }
}
