/**
 * Core files of the guest.
 *
 * <p>Start with {@link org.vfioap.qemu.dump.GuestDump} (dump-guest-memory) and {@link
 * org.vfioap.qemu.dump.CoreFile} (what is written).
 */
@NullMarked
package org.vfioap.qemu.dump;

import org.jspecify.annotations.NullMarked;
