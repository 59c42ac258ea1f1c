package org.vfioap.qemu.qapi;

import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;

/** The QMP commands, for commands of people that do the same. */
public interface MachineCommands {
  /**
   * Does what a QMP command does.
   *
   * @throws QemuError if QEMU refuses
   */
  JsonValue perform(String command, JsonObject arguments) throws QemuError;
}
