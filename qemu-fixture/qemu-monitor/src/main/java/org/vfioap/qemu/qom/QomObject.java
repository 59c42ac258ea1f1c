package org.vfioap.qemu.qom;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.json.GlibHashTable;
import org.vfioap.qemu.json.JsonString;

/**
 * An object of the tree: its type, its properties, its children.
 *
 * <p>QEMU lists the instance's properties in the order of a GLib hash table, then the class's, and
 * turns the list round. Here the class's come first and stay; the instance's are kept in such a
 * table.
 */
public final class QomObject {
  private final String type;
  private final List<String> classProperties;
  private final GlibHashTable instanceProperties = new GlibHashTable();
  private final Map<String, Property> properties = new HashMap<>();
  private final Map<String, QomObject> children = new LinkedHashMap<>();
  private @Nullable QomObject parent;
  private String name = "";

  private QomObject(String type, List<String> classProperties) {
    this.type = type;
    this.classProperties = classProperties;
  }

  /**
   * Reads an object from its recorded lines: the type, then the properties in listed order.
   *
   * @param fixed how many of the properties keep their place at the head of the list
   */
  public static QomObject parse(List<String> lines, int fixed) {
    List<String> rest = lines.subList(1, lines.size());
    int boundary = Math.min(fixed, rest.size());
    List<String> head = new ArrayList<>();
    for (String line : rest.subList(0, boundary)) {
      head.add(Property.parse(line).name());
    }
    QomObject object = new QomObject(lines.get(0), head);
    List<String> instance = new ArrayList<>(rest.subList(boundary, rest.size()));
    Collections.reverse(instance);
    instance.forEach(line -> object.instanceProperties.insert(Property.parse(line).name()));
    rest.forEach(line -> object.put(Property.parse(line)));
    return object;
  }

  /** Returns an empty container. */
  public static QomObject container() {
    return parse(List.of("container", "type\tstring\t\"container\""), 1);
  }

  /** Returns the type's name. */
  public String type() {
    return type;
  }

  /** Returns the name in the parent; empty for the root. */
  public String name() {
    return name;
  }

  /** Returns the path from the root. */
  public String path() {
    if (parent == null) {
      return "/";
    }
    String above = parent.path();
    return above.equals("/") ? "/" + name : above + "/" + name;
  }

  /** Returns the children in the order in which they came. */
  public Collection<QomObject> children() {
    return children.values();
  }

  /** Returns the child called {@code child}. */
  public Optional<QomObject> child(String child) {
    return Optional.ofNullable(children.get(child));
  }

  /** Returns the properties in the order of {@code qom-list}. */
  public List<Property> properties() {
    List<String> names = new ArrayList<>(instanceProperties.keys());
    Collections.reverse(names);
    List<Property> listed = new ArrayList<>();
    classProperties.forEach(each -> property(each).ifPresent(listed::add));
    names.forEach(each -> property(each).ifPresent(listed::add));
    return listed;
  }

  /** Returns the property called {@code property}; a child's value is its path. */
  public Optional<Property> property(String property) {
    Property found = properties.get(property);
    QomObject child = children.get(property);
    if (found == null || child == null) {
      return Optional.ofNullable(found);
    }
    return Optional.of(found.withValue(JsonString.of(child.path())));
  }

  /** Adds an instance property or replaces the value of any property. */
  public void put(Property property) {
    if (!classProperties.contains(property.name())) {
      instanceProperties.insert(property.name());
    }
    properties.put(property.name(), property);
  }

  /** Makes links to {@code from} or below it, here and in the children, lead to {@code to}. */
  public void retarget(String from, String to) {
    for (Property each : List.copyOf(properties.values())) {
      if (each.isLink() && each.raw().startsWith("\"" + from)) {
        String path = each.raw().substring(1 + from.length(), each.raw().length() - 1);
        properties.put(each.name(), each.withValue(JsonString.of(to + path)));
      }
    }
    children.values().forEach(child -> child.retarget(from, to));
  }

  /**
   * Keeps a place for a child or link that may not come; {@link #drop} gives it back. QEMU adds a
   * device before it knows whether it comes to life, and that changes the order of the others.
   */
  public void reserve(String property) {
    instanceProperties.insert(property);
  }

  /** Removes an instance property. */
  public void drop(String property) {
    properties.remove(property);
    instanceProperties.remove(property);
  }

  /** Adds {@code child} under {@code childName}. */
  public void add(String childName, QomObject child) {
    child.parent = this;
    child.name = childName;
    children.put(childName, child);
    if (!properties.containsKey(childName)) {
      put(new Property(childName, "child<" + child.type + ">", "null"));
    }
  }

  /** Takes the object out of its parent. */
  public void unparent() {
    if (parent != null) {
      parent.children.remove(name);
      parent.drop(name);
    }
  }
}
