package org.vfioap.machine;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of a YAML file that knows where it stands.
 *
 * <p>Scalars are taken as they are written: {@code 05.0004} stays this text, quoted or not.
 */
final class YamlValue {
  private static final String FLAG = "true, false";

  private final String file;
  private final Node node;

  YamlValue(String file, Node node) {
    this.file = file;
    this.node = node;
  }

  /** A key and its value. */
  record Entry(YamlValue key, YamlValue value) {}

  Position position() {
    return node.getStartMark()
        .map(mark -> Position.of(file, mark))
        .orElseGet(() -> Position.whole(file));
  }

  /** Tells whether a key has no value, or the plain word null. */
  boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  /** Tells whether it is a scalar with this text. */
  boolean isText(String text) {
    return node instanceof ScalarNode scalar && scalar.getValue().equals(text);
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** Returns the text of a scalar. */
  String text(String what, String allowed) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw wrongType(what, allowed);
  }

  /** Returns the elements of a list. */
  List<YamlValue> elements(String what, String allowed) {
    if (node instanceof SequenceNode list) {
      return list.getValue().stream().map(element -> new YamlValue(file, element)).toList();
    }
    throw wrongType(what, allowed);
  }

  /** Returns the entries of a mapping in the order of the file, none for null. */
  List<Entry> entries(String what, String allowed) {
    if (isNull()) {
      return List.of();
    }
    if (node instanceof MappingNode mapping) {
      return mapping.getValue().stream()
          .map(
              tuple ->
                  new Entry(
                      new YamlValue(file, tuple.getKeyNode()),
                      new YamlValue(file, tuple.getValueNode())))
          .toList();
    }
    throw wrongType(what, allowed);
  }

  private MachineFileException wrongType(String what, String allowed) {
    return position().error(what + " is " + kind(), allowed);
  }

  private String kind() {
    if (node instanceof ScalarNode scalar) {
      return Quoted.of(scalar.getValue());
    }
    return isList() ? "a list" : "a mapping";
  }

  /** Returns what a true or false says. */
  boolean flag(String what) {
    return switch (text(what, FLAG)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrongType(what, FLAG);
    };
  }

  /**
   * Returns what a text means.
   *
   * @param meaning throws an IllegalArgumentException that tells what is wrong and, behind
   *     "allowed: ", what is not
   */
  <T> T parse(String what, Function<String, T> meaning) {
    String text = text(what, "a text");
    try {
      return meaning.apply(text);
    } catch (IllegalArgumentException e) {
      String[] parts = Quoted.visible(String.valueOf(e.getMessage())).split("; allowed: ", 2);
      throw position().error(parts[0], parts.length > 1 ? parts[1] : "another " + what);
    }
  }

  /** Returns the choice whose word stands here, in any case. */
  <T> T oneOf(String what, Collection<T> choices, Function<T, String> word) {
    String allowed = words(choices, word);
    String text = text(what, allowed);
    return choices.stream()
        .filter(choice -> word.apply(choice).equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> position().error("unknown " + what + " " + Quoted.of(text), allowed));
  }

  /** Returns the words of all choices, separated by commas. */
  static <T> String words(Collection<T> choices, Function<T, String> word) {
    return choices.stream().map(word).collect(Collectors.joining(", "));
  }

  /** Returns the word for a constant in machine files: RESET_STUCK is {@code reset-stuck}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
