package org.vfioap.qemu.qapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A type of the schema, read from its recorded line. */
public sealed interface SchemaType {

  /** Reads the line after the type's name. */
  static SchemaType parse(String line) {
    String[] words = line.split(" ", -1);
    List<String> rest = List.of(words).subList(1, words.length);
    return switch (words[0]) {
      case "builtin" -> new Builtin(rest.get(0));
      case "enum" -> new Enumeration(rest);
      case "array" -> new Array(rest.get(0));
      case "alternate" -> new Alternate(rest);
      default -> Struct.parse(rest);
    };
  }

  /** A scalar, by the name of its JSON type; {@code value} is anything. */
  record Builtin(String jsonType) implements SchemaType {}

  /** One of several words. */
  record Enumeration(List<String> values) implements SchemaType {}

  /** A list of one type. */
  record Array(String element) implements SchemaType {}

  /** One of several types, told apart by the JSON type. */
  record Alternate(List<String> types) implements SchemaType {}

  /** An object: its members in order, and more members by the value of one of them. */
  record Struct(List<Member> members, Optional<String> tag, Map<String, String> cases)
      implements SchemaType {

    private static Struct parse(List<String> words) {
      List<Member> members = new ArrayList<>();
      Map<String, String> cases = new LinkedHashMap<>();
      Optional<String> tag = Optional.empty();
      for (String word : words) {
        if (word.startsWith("tag=")) {
          tag = Optional.of(word.substring(4));
        } else if (word.startsWith("case=")) {
          String[] parts = word.substring(5).split(":", 2);
          cases.put(parts[0], parts[1]);
        } else {
          members.add(Member.parse(word));
        }
      }
      return new Struct(members, tag, cases);
    }
  }

  /** A member of an object. */
  record Member(String name, String type, boolean optional) {
    private static Member parse(String word) {
      String[] parts = word.split(":", 2);
      boolean optional = parts[0].endsWith("?");
      String name = optional ? parts[0].substring(0, parts[0].length() - 1) : parts[0];
      return new Member(name, parts[1], optional);
    }
  }
}
