package org.vfioap.qemu.qom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.recording.Recording;

/** The recorded types: parents, interfaces, properties. */
public final class TypeTable {
  private final Recording recording = Recording.named("types");
  private final Map<String, Type> types = new LinkedHashMap<>();
  private final Map<String, Set<String>> interfaces = new HashMap<>();

  private TypeTable() {
    for (String line : recording.lines("types")) {
      String[] fields = line.split("\t", -1);
      types.put(fields[0], new Type(fields[0], fields[1], fields.length > 2));
    }
  }

  /** Returns the types of the recorded QEMU. */
  public static TypeTable recorded() {
    return new TypeTable();
  }

  /** Says whether a type called {@code name} exists. */
  public boolean exists(String name) {
    return types.containsKey(name);
  }

  /** Says whether {@code name} exists and has no instances of its own. */
  public boolean isAbstract(String name) {
    Type type = types.get(name);
    return type != null && type.isAbstract;
  }

  /** Says whether {@code name} is {@code ancestor}, descends from it, or implements it. */
  public boolean isA(String name, String ancestor) {
    Set<String> implementors = implementors(ancestor);
    if (!implementors.isEmpty()) {
      return implementors.contains(name);
    }
    String current = name;
    while (!current.equals(ancestor)) {
      Type type = types.get(current);
      if (type == null || type.parent.isEmpty()) {
        return false;
      }
      current = type.parent;
    }
    return true;
  }

  /** Returns the types that implement an interface; none if it is not one. */
  private Set<String> implementors(String name) {
    Set<String> known = interfaces.get(name);
    if (known == null) {
      known = Set.copyOf(recording.find("implements " + name).orElse("").lines().toList());
      interfaces.put(name, known);
    }
    return known;
  }

  /** Returns the answer to {@code qom-list-types}. */
  public JsonArray list(Optional<String> ancestor, boolean withAbstract) {
    List<JsonValue> answer = new ArrayList<>();
    for (Type type : types.values()) {
      boolean wanted = ancestor.isEmpty() || isA(type.name, ancestor.get());
      if (wanted && (withAbstract || !type.isAbstract)) {
        answer.add(type.toJson());
      }
    }
    return new JsonArray(answer);
  }

  private record Type(String name, String parent, boolean isAbstract) {
    JsonObject toJson() {
      JsonObject json = JsonObject.of("name", name);
      if (!parent.isEmpty()) {
        json.with("parent", parent);
      }
      return isAbstract ? json.with("abstract", true) : json;
    }
  }
}
