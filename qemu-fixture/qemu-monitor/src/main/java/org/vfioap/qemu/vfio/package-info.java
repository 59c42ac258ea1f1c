/**
 * The host behind a vfio-ap device: what QEMU asks of it, in which order, and how it refuses.
 *
 * <p>Start with {@link org.vfioap.qemu.vfio.VfioHost} (what a host must answer) and {@link
 * org.vfioap.qemu.vfio.VfioAp} (the order of QEMU's questions and its texts).
 */
@NullMarked
package org.vfioap.qemu.vfio;

import org.jspecify.annotations.NullMarked;
