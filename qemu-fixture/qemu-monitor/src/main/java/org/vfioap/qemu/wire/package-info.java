/**
 * Lines over a monitor's socket, seen from the client.
 *
 * <p>Start with {@link org.vfioap.qemu.wire.LineSocket} (a connected socket) and {@link
 * org.vfioap.qemu.wire.ConnectionLostException} (how a conversation ends early).
 */
@NullMarked
package org.vfioap.qemu.wire;

import org.jspecify.annotations.NullMarked;
