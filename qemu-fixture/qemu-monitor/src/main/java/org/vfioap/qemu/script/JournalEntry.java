package org.vfioap.qemu.script;

import java.time.Instant;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;

/**
 * Something that a client sent.
 *
 * @param time when it was complete
 * @param monitor the identifier of the monitor's character device
 * @param text as it was sent, without white space around it
 * @param message the object, if it is JSON and one
 */
public record JournalEntry(
    Instant time, String monitor, String text, Optional<JsonObject> message) {

  /** Returns the command's name; empty if it is none. */
  public String command() {
    return message
        .flatMap(object -> object.text("execute").or(() -> object.text("exec-oob")))
        .orElse("");
  }

  /** Returns the command's arguments; empty if it has none. */
  public JsonObject arguments() {
    return message
        .flatMap(object -> object.get("arguments"))
        .map(value -> value instanceof JsonObject object ? object : JsonObject.empty())
        .orElseGet(JsonObject::empty);
  }
}
