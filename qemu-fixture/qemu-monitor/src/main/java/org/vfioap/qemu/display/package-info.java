/**
 * Remote displays: where {@code -vnc} listens and what the monitors say of it.
 *
 * <p>Start with {@link org.vfioap.qemu.display.VncServers}. There is no screen to show, so clients
 * are let go as soon as they connect.
 */
@NullMarked
package org.vfioap.qemu.display;

import org.jspecify.annotations.NullMarked;
