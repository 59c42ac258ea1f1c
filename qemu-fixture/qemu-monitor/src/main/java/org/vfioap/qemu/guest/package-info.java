/**
 * The guest: its configuration, its run state, CPUs, objects and migration, as far as monitors see
 * them.
 *
 * <p>Start with {@link org.vfioap.qemu.guest.Guest} (all of it) and {@link
 * org.vfioap.qemu.guest.GuestConfiguration} (what the command line says).
 */
@NullMarked
package org.vfioap.qemu.guest;

import org.jspecify.annotations.NullMarked;
