package org.vfioap.qemu.hmp;

import org.vfioap.qemu.qapi.CommandSchema;

/** The keys of {@code sendkey}. Source: monitor/hmp-cmds.c of QEMU 7.2. */
final class KeyNames {
  private KeyNames() {}

  /** Returns the complaint about the first key that does not exist; empty if all do. */
  static String check(String keys) {
    for (String key : keys.split("-", -1)) {
      boolean number = key.matches("0x[0-9a-fA-F]+");
      String name = key.equals("<") ? "less" : key;
      if (!number && !CommandSchema.recorded().words("unmapped").contains(name)) {
        return "invalid parameter: " + key + "\n";
      }
    }
    return "";
  }
}
