package org.vfioap.qemu.qom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.ErrorClass;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/** The tree of objects and the ways to name one. Source: qom/object.c of QEMU 7.2. */
public final class ObjectTree {
  private final QomObject root;
  private final PropertySetter setter;

  private ObjectTree(QomObject root, TypeTable types) {
    this.root = root;
    this.setter = new PropertySetter(this, types);
  }

  /**
   * Builds a tree from recorded objects.
   *
   * @param objects the recorded text of each object by its path; a parent may come after its
   *     children
   * @param types tells containers and buses, whose properties come and go, from the rest
   */
  public static ObjectTree parse(Map<String, String> objects, TypeTable types) {
    Map<String, QomObject> byPath = new LinkedHashMap<>();
    objects.forEach((path, text) -> byPath.put(path, object(text, types)));
    byPath.forEach(
        (path, object) -> {
          int slash = path.lastIndexOf('/');
          QomObject parent = byPath.get(slash == 0 ? "/" : path.substring(0, Math.max(slash, 0)));
          if (parent != null && !path.equals("/")) {
            parent.add(path.substring(slash + 1), object);
          }
        });
    QomObject root = Optional.ofNullable(byPath.get("/")).orElseGet(QomObject::container);
    return new ObjectTree(root, types);
  }

  /** Reads one recorded object. */
  public static QomObject object(String text, TypeTable types) {
    List<String> lines = text.lines().toList();
    String type = lines.get(0);
    int fixed = type.equals("container") || types.isA(type, "bus") ? 1 : lines.size();
    return QomObject.parse(lines, fixed);
  }

  /** Returns the root. */
  public QomObject root() {
    return root;
  }

  /**
   * Returns the object at an absolute or partial path.
   *
   * @throws QemuError if there is none, or a partial path fits several
   */
  public QomObject resolve(String path) throws QemuError {
    List<QomObject> found = find(path);
    if (found.size() > 1) {
      throw QemuError.of(ErrorClass.GENERIC_ERROR, "Path '" + path + "' is ambiguous");
    }
    return only(path, found);
  }

  private List<QomObject> find(String path) {
    List<QomObject> found = new ArrayList<>();
    if (path.startsWith("/")) {
      descend(root, parts(path)).ifPresent(found::add);
    } else {
      search(root, parts(path), found);
    }
    return found;
  }

  /** Returns the only object that an absolute or partial path fits. */
  public Optional<QomObject> findOnly(String path) {
    List<QomObject> found = find(path);
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static QomObject only(String path, List<QomObject> found) throws QemuError {
    if (found.size() != 1) {
      throw QemuError.deviceNotFound(path);
    }
    return found.get(0);
  }

  /** Returns the object that a link may point to: a partial path means one of that type. */
  QomObject resolveAs(String path, String name, String type, TypeTable types) throws QemuError {
    List<QomObject> all = find(path);
    List<QomObject> fitting = all.stream().filter(o -> types.isA(o.type(), type)).toList();
    if (fitting.size() > 1) {
      throw QemuError.generic("Path '" + path + "' does not uniquely identify an object");
    }
    if (fitting.isEmpty() && !all.isEmpty()) {
      throw Refusals.type(name, type);
    }
    return only(path, fitting);
  }

  /** Returns the object at {@code path}, which starts at {@code from} unless it is absolute. */
  public Optional<QomObject> resolveAt(QomObject from, String path) {
    return descend(path.startsWith("/") ? root : from, parts(path));
  }

  private static List<String> parts(String path) {
    return Arrays.stream(path.split("/", -1)).filter(part -> !part.isEmpty()).toList();
  }

  private Optional<QomObject> descend(QomObject from, List<String> parts) {
    QomObject at = from;
    for (String part : parts) {
      Optional<QomObject> next = at.child(part).or(linked(at, part));
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get();
    }
    return Optional.of(at);
  }

  private java.util.function.Supplier<Optional<? extends QomObject>> linked(
      QomObject from, String name) {
    return () ->
        from.property(name)
            .filter(Property::isLink)
            .map(Property::raw)
            .filter(raw -> raw.startsWith("\"/"))
            .flatMap(raw -> descend(root, parts(raw.substring(1, raw.length() - 1))));
  }

  private void search(QomObject from, List<String> parts, List<QomObject> found) {
    descend(from, parts).filter(each -> !found.contains(each)).ifPresent(found::add);
    for (QomObject child : from.children()) {
      search(child, parts, found);
    }
  }

  /** Returns the answer to {@code qom-list}. */
  public JsonArray list(String path) throws QemuError {
    List<JsonValue> answer = new ArrayList<>();
    for (Property property : resolve(path).properties()) {
      answer.add(JsonObject.of("name", property.name()).with("type", property.type()));
    }
    return new JsonArray(answer);
  }

  /** Returns the answer to {@code qom-get}; a path that fits several objects names none. */
  public JsonValue get(String path, String name) throws QemuError {
    QomObject object = only(path, find(path));
    return property(object, name).value();
  }

  /** Does what {@code qom-set} does. */
  public void set(String path, String name, JsonValue value) throws QemuError {
    QomObject object = only(path, find(path));
    object.put(setter.write(object, property(object, name), value));
  }

  private static Property property(QomObject object, String name) throws QemuError {
    return object.property(name).orElseThrow(() -> PropertyWrite.notFound(object.type(), name));
  }

  /** Returns the canonical path as a JSON string. */
  public static JsonString pathOf(QomObject object) {
    return JsonString.of(object.path());
  }
}
