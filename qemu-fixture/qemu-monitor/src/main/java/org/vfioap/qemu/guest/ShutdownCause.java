package org.vfioap.qemu.guest;

import java.util.Locale;
import org.vfioap.qemu.json.JsonObject;

/** Why the guest resets or ends. Source: qapi/run-state.json of QEMU 7.2. */
public enum ShutdownCause {
  /** {@code quit}. */
  HOST_QMP_QUIT,
  /** {@code system_reset}. */
  HOST_QMP_SYSTEM_RESET,
  /** A signal to the process. */
  HOST_SIGNAL,
  /** The guest shut itself down. */
  GUEST_SHUTDOWN,
  /** The guest rebooted. */
  GUEST_RESET,
  /** The guest cannot go on. */
  GUEST_PANIC;

  JsonObject toJson() {
    String reason = name().toLowerCase(Locale.ROOT).replace('_', '-');
    return JsonObject.empty().with("guest", name().startsWith("GUEST")).with("reason", reason);
  }
}
