package org.vfioap.qemu.options;

import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.qapi.QemuError;

/** The character devices of the process as people handle them. */
public interface ChardevAccess {
  /** Answers {@code query-chardev}. */
  JsonArray chardevs();

  /**
   * Opens the character device that options like those of {@code -chardev} describe.
   *
   * @throws QemuError if there is one of that name or the back end cannot be opened
   */
  void addChardev(OptionString options) throws QemuError;

  /**
   * Gives a character device the back end that options describe.
   *
   * @throws QemuError if there is none of that name, a monitor sits on it, or the new back end
   *     cannot be opened; the device is gone then
   */
  void changeChardev(String id, OptionString options) throws QemuError;
}
