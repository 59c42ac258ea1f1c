package org.vfioap.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request: an object with {@code id}, {@code do} and what belongs to it.
 *
 * <p>A member that is missing or of another type is refused with its name.
 */
record Request(ObjectNode json) {
  /** Returns a member that must be a text. */
  String text(String name) {
    return optionalText(name)
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing: a text"));
  }

  Optional<String> optionalText(String name) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException("'" + name + "' is " + value + "; allowed: a text");
    }
    return Optional.of(value.textValue());
  }

  /** Returns a member that is a list of texts; empty if it is missing. */
  List<String> texts(String name) {
    JsonNode value = json.path(name);
    List<String> texts = new ArrayList<>();
    if (!value.isMissingNode() && !value.isArray()) {
      throw new IllegalArgumentException("'" + name + "' is " + value + "; allowed: an array");
    }
    for (JsonNode each : value) {
      if (!each.isTextual()) {
        throw new IllegalArgumentException("'" + name + "' has " + each + "; allowed: texts");
      }
      texts.add(each.textValue());
    }
    return texts;
  }

  boolean flag(String name) {
    JsonNode value = json.path(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new IllegalArgumentException("'" + name + "' is " + value + "; allowed: true, false");
    }
    return value.asBoolean();
  }

  /** Returns a member that is a number of milliseconds. */
  long milliseconds(String name, long otherwise) {
    JsonNode value = json.path(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.canConvertToInt() || value.intValue() < 0) {
      throw new IllegalArgumentException(
          "'" + name + "' is " + value + "; allowed: milliseconds, 0 to " + Integer.MAX_VALUE);
    }
    return value.intValue();
  }

  /** Returns a member that is a number of a range. */
  int number(String name, int otherwise, int first, int last) {
    JsonNode value = json.path(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.canConvertToInt() || value.intValue() < first || value.intValue() > last) {
      throw new IllegalArgumentException(
          "'" + name + "' is " + value + "; allowed: a number, " + first + " to " + last);
    }
    return value.intValue();
  }

  /** Refuses members that the request does not have; {@code id} and {@code do} are allowed. */
  void allow(List<String> names) {
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name) && !name.equals("id") && !name.equals("do")) {
                throw new IllegalArgumentException(
                    "'" + name + "' is unknown; allowed: " + String.join(", ", names));
              }
            });
  }
}
