package org.vfioap.qemu.client;

import java.time.Instant;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;

/**
 * An event that QEMU told about.
 *
 * @param name as in {@code DEVICE_DELETED}
 * @param data what it says; empty if it says nothing
 * @param time when QEMU says it happened
 */
public record QmpEvent(String name, JsonObject data, Instant time) {

  static QmpEvent of(JsonObject message) {
    JsonObject stamp = object(message, "timestamp");
    Instant time =
        Instant.ofEpochSecond(number(stamp, "seconds"), number(stamp, "microseconds") * 1000);
    return new QmpEvent(message.text("event").orElse(""), object(message, "data"), time);
  }

  private static JsonObject object(JsonObject message, String name) {
    return message.get(name).orElseGet(JsonObject::empty) instanceof JsonObject object
        ? object
        : JsonObject.empty();
  }

  private static long number(JsonObject object, String name) {
    return object.get(name).orElseGet(() -> JsonNumber.of(0)) instanceof JsonNumber.Signed number
        ? number.value()
        : 0;
  }
}
