package org.vfioap.machine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A value in a definition of an HMC: most of its keys are about other things and are not looked at.
 */
record HmcNode(YamlValue value) {

  /** Returns the value of a key, empty if there is none or it is null. */
  Optional<HmcNode> get(String key) {
    return value.isMapping()
        ? value.entries(key, "a mapping").stream()
            .filter(entry -> entry.key().isText(key))
            .map(entry -> new HmcNode(entry.value()))
            .filter(node -> !node.value().isNull())
            .findFirst()
        : Optional.empty();
  }

  boolean has(String key) {
    return value.isMapping()
        && value.entries(key, "a mapping").stream().anyMatch(entry -> entry.key().isText(key));
  }

  /** Returns the elements of the list behind a key, none if there is none. */
  List<HmcNode> list(String key) {
    return get(key)
        .map(node -> node.value().elements(key, "a list").stream().map(HmcNode::new).toList())
        .orElse(List.of());
  }

  /** Returns what a resource says of itself: its properties, or what stands there directly. */
  HmcNode properties() {
    return get("properties").orElse(this);
  }

  /** Returns the text behind a key, empty if there is none. */
  Optional<String> text(String key) {
    return get(key).map(node -> node.value().text(key, "a text"));
  }

  /** Returns the value of a key that must be there. */
  YamlValue require(String key) {
    return get(key)
        .map(HmcNode::value)
        .orElseThrow(() -> value.position().error(key + " is missing", key + " and its value"));
  }

  /** Returns the URI of a resource, which the mock makes of its identifier if it is not given. */
  Optional<String> uri(String kind) {
    return text("object-uri").or(() -> text("object-id").map(id -> "/api/" + kind + "/" + id));
  }

  /** Returns how users call the resource. */
  String name() {
    return text("name").or(() -> text("object-id")).orElse("(without a name)");
  }

  boolean isCalled(String wanted) {
    return Stream.of("name", "object-id").anyMatch(key -> text(key).equals(Optional.of(wanted)));
  }
}
