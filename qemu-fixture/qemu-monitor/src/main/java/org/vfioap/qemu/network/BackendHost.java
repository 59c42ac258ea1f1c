package org.vfioap.qemu.network;

import org.vfioap.qemu.qapi.QemuError;

/** What back ends of networks use of the process. */
public interface BackendHost {
  /** Says whether there is a character device of that identifier. */
  boolean hasChardev(String id);

  /** Says whether there is a network back end of that identifier. */
  boolean hasNetdev(String id);

  /**
   * Returns the number of a descriptor: that which a monitor knows by the name, or the number
   * itself.
   *
   * @throws QemuError if it is neither
   */
  int descriptor(String text) throws QemuError;

  /** Writes to standard error as it is. */
  void print(String text);
}
