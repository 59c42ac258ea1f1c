package org.vfioap.qemu.json;

/**
 * A JSON value as QEMU holds it.
 *
 * <p>Its {@code toString} is the compact form that QEMU writes on a monitor.
 */
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBool, JsonNull, JsonText {

  /** Returns the value as one line of JSON, without the line's end. */
  default String toJson() {
    return JsonWriter.compact().write(this);
  }
}
