package org.vfioap.qemu.qom;

import org.vfioap.qemu.json.JsonText;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/**
 * A property of an object.
 *
 * @param name the name
 * @param type QEMU's name for the type: {@code bool}, {@code str}, {@code child<T>}, {@code
 *     link<T>}, …
 * @param raw the value as JSON, or {@code !} and the text of the error that reading it gives
 */
public record Property(String name, String type, String raw) {

  static Property parse(String line) {
    String[] fields = line.split("\t", 3);
    return new Property(fields[0], fields[1], fields.length > 2 ? fields[2] : "null");
  }

  /** Returns the property with another value. */
  public Property withValue(JsonValue value) {
    return new Property(name, type, value.toJson());
  }

  boolean isChild() {
    return type.startsWith("child<");
  }

  boolean isLink() {
    return type.startsWith("link<");
  }

  /**
   * Returns the value.
   *
   * @throws QemuError if QEMU refuses to read this property
   */
  public JsonValue value() throws QemuError {
    if (raw.startsWith("!")) {
      throw QemuError.generic(raw.substring(1));
    }
    return new JsonText(raw).parsed();
  }
}
