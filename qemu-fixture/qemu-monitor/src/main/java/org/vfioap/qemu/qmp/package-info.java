/**
 * The machine-readable monitor: sessions, dispatch, and the commands.
 *
 * <p>Start with {@link org.vfioap.qemu.qmp.QmpSession} (one connected client) and {@link
 * org.vfioap.qemu.qmp.QmpCommands} (what a command does).
 */
@NullMarked
package org.vfioap.qemu.qmp;

import org.jspecify.annotations.NullMarked;
