package org.vfioap.qemu.guest;

import java.util.HashMap;
import java.util.Map;

/**
 * What happens upon events in the guest, as {@code set-action} and {@code -action} say. Source:
 * softmmu/runstate-action.c of QEMU 7.2.
 */
final class Actions {
  private final Map<String, String> actions = new HashMap<>();

  Actions(Map<String, String> wanted) {
    actions.put("reboot", "reset");
    actions.put("shutdown", "poweroff");
    actions.put("panic", "shutdown");
    actions.putAll(wanted);
  }

  void set(String event, String action) {
    actions.put(event, action);
  }

  boolean rebootEnds() {
    return is("reboot", "shutdown");
  }

  boolean shutdownPauses() {
    return is("shutdown", "pause");
  }

  /** A panic pauses too where a shutdown would. */
  boolean panicPauses() {
    return is("panic", "pause") || (is("panic", "shutdown") && shutdownPauses());
  }

  boolean panicIsIgnored() {
    return is("panic", "none");
  }

  boolean panicFails() {
    return is("panic", "exit-failure");
  }

  private boolean is(String event, String action) {
    return action.equals(actions.get(event));
  }
}
