/**
 * The emulated QEMU for the emulated libvirt.
 *
 * <p>Start with {@link org.vfioap.launcher.MonitorLaunchers}; it needs the module translation,
 * which is optional here.
 */
@NullMarked
package org.vfioap.launcher;

import org.jspecify.annotations.NullMarked;
