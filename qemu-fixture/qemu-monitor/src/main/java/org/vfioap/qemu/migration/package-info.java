/**
 * Migration to and from another emulated QEMU: its states, its stream, what people may tune.
 *
 * <p>Start with {@link org.vfioap.qemu.migration.Migration} (what the commands do) and {@link
 * org.vfioap.qemu.migration.MigratingGuest} (what it needs from the guest).
 */
@NullMarked
package org.vfioap.qemu.migration;

import org.jspecify.annotations.NullMarked;
