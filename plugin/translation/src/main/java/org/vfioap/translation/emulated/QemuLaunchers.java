package org.vfioap.translation.emulated;

import org.vfioap.host.ApHost;

/**
 * Makes launchers; {@link EmulatedLibvirt#on(ApHost)} finds it by {@link java.util.ServiceLoader}.
 */
public interface QemuLaunchers {
  /** Returns what starts QEMUs on this host. */
  QemuLauncher on(ApHost host);
}
