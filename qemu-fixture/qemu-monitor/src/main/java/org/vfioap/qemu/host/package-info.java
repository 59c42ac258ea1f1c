/**
 * The computer that the emulated QEMU runs on: its files, opened as QEMU opens them, and what its
 * kernel says when it refuses.
 *
 * <p>Start with {@link org.vfioap.qemu.host.HostFiles} (open, create) and {@link
 * org.vfioap.qemu.host.Errno} (why not).
 */
@NullMarked
package org.vfioap.qemu.host;

import org.jspecify.annotations.NullMarked;
