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
  /** The CPU that only KVM has; its properties are those of the largest one. */
  public static final String HOST_CPU = "host-s390x-cpu";

  /** What stands for the host's CPU in recordings, which were made without KVM. */
  public static final String LARGEST_CPU = "max-s390x-cpu";

  /** Types that a build with KVM has, with their parents. Source: accel/kvm, target/s390x/kvm. */
  private static final Map<String, String> KVM =
      Map.of(HOST_CPU, "s390x-cpu", "kvm-accel", "accel", "s390-flic-kvm", "s390-flic");

  private final Recording recording = Recording.named("types");
  private final Map<String, Type> types = new LinkedHashMap<>();
  private final Map<String, Set<String>> interfaces = new HashMap<>();

  private TypeTable(boolean withKvm) {
    for (String line : recording.lines("types")) {
      String[] fields = line.split("\t", -1);
      types.put(fields[0], new Type(fields[0], fields[1], fields.length > 2));
    }
    if (withKvm) {
      KVM.forEach((name, parent) -> types.put(name, new Type(name, parent, false)));
    }
  }

  /** Returns the types of the recorded QEMU, which is built without KVM. */
  public static TypeTable recorded() {
    return new TypeTable(false);
  }

  /** Returns the types of the recorded QEMU, and those of one that is built with KVM. */
  public static TypeTable recorded(boolean withKvm) {
    return new TypeTable(withKvm);
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
