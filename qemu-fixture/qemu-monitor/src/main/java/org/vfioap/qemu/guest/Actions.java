package org.vfioap.qemu.guest;

import java.util.HashMap;
import java.util.Map;

/** What happens upon events in the guest, as {@code set-action} and {@code -action} say. */
final class Actions {
  private final Map<String, String> actions = new HashMap<>();

  Actions(GuestConfiguration configuration) {
    actions.put("reboot", configuration.noReboot() ? "shutdown" : "reset");
    actions.put("shutdown", configuration.noShutdown() ? "pause" : "poweroff");
  }

  void set(String event, String action) {
    actions.put(event, action);
  }

  boolean rebootEnds() {
    return "shutdown".equals(actions.get("reboot"));
  }

  boolean shutdownPauses() {
    return "pause".equals(actions.get("shutdown"));
  }
}
