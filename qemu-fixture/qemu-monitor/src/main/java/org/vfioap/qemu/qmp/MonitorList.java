package org.vfioap.qemu.qmp;

import java.util.List;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.options.ChardevAccess;
import org.vfioap.qemu.qapi.QemuError;

/** The character devices of the process, for the commands that show and change them. */
public interface MonitorList extends ChardevAccess {

  /** Lists the character devices that {@code yank} can break, those opened first coming first. */
  List<String> yankable();

  /** Breaks the connection behind one of {@link #yankable()}. */
  void yank(String id);

  /**
   * Opens a character device.
   *
   * @param data the options of the back end as {@code chardev-add} takes them
   * @throws QemuError if there is one of that name or the back end cannot be opened
   */
  void addChardev(String id, String backend, JsonObject data) throws QemuError;

  /**
   * Gives a character device another back end; as in QEMU the old one is closed first.
   *
   * @throws QemuError if there is none of that name, a monitor sits on it, or the new back end
   *     cannot be opened; the device is gone then
   */
  void changeChardev(String id, String backend, JsonObject data) throws QemuError;

  /**
   * Returns the ring buffer of that name.
   *
   * @throws QemuError if there is none, or it is another kind of character device
   */
  RingBuffer ring(String id) throws QemuError;

  /**
   * Closes a character device.
   *
   * @throws QemuError if there is none of that name or a monitor sits on it
   */
  void removeChardev(String id) throws QemuError;
}
