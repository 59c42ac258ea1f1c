package org.vfioap.qemu.process;

import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.options.KeyvalParser;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.QemuError;

/** The {@code -display} option; nothing is ever shown. Source: ui/console.c of QEMU 7.2. */
final class DisplayOption {
  /** Only the type of this option has such a case. */
  private static final String CASE = "egl-headless";

  private DisplayOption() {}

  static void check(String value) throws QemuError, Exit {
    if (value.equals("none")) {
      return;
    }
    if (HelpTexts.isHelp(value)) {
      throw HelpTexts.displays();
    }
    if (value.equals("vnc")) {
      throw QemuError.generic("VNC requires a display argument vnc=<display>");
    }
    if (!value.startsWith("vnc=")) {
      boolean json = value.startsWith("{");
      JsonObject members = json ? OptionPass.json(value) : KeyvalParser.parse(value, "type");
      CommandSchema.recorded().checkUnion(CASE, members, !json);
    }
  }
}
