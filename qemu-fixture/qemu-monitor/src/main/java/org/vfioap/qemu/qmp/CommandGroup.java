package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/** Commands that belong together. */
interface CommandGroup {
  /** The answer of commands that return nothing. */
  Optional<JsonValue> DONE = Optional.of(JsonObject.empty());

  /**
   * Executes {@code command} if it belongs to this group.
   *
   * @return the value of {@code return}, or nothing if the command belongs elsewhere
   * @throws QemuError if QEMU refuses
   */
  Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError;
}
