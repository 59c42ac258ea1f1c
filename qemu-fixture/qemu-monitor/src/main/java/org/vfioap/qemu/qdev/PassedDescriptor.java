package org.vfioap.qemu.qdev;

import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;

/** A file descriptor that a client passes by number or name. Source: monitor/fds.c of QEMU 10.0. */
final class PassedDescriptor {
  private PassedDescriptor() {}

  /**
   * Checks a value of the property {@code fd}.
   *
   * @throws QemuError if it is neither a number nor a name that was passed
   */
  static void check(String text, PlugEnvironment environment) throws QemuError {
    boolean number = !text.isEmpty() && Character.isDigit(text.charAt(0));
    if (number ? number(text) < 0 : !environment.hasDescriptor(text)) {
      String start = "Could not parse " + QemuRules.PASSED_FD.now() + " " + text + ":";
      throw QemuError.generic(
          start
              + (number || !environment.isMachineReady()
                  ? "Invalid file descriptor number '" + text + "'"
                  : "File descriptor named '" + text + "' has not been found"));
    }
  }

  /** Returns the number that a text stands for; -1 if it is none. */
  static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException named) {
      return -1;
    }
  }
}
