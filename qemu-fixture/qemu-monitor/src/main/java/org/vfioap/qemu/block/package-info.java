/**
 * Block devices' back ends: nodes that hold nothing, which are all that a guest without disks has.
 *
 * <p>Start with {@link org.vfioap.qemu.block.BlockNodes} (the nodes of a process).
 */
@NullMarked
package org.vfioap.qemu.block;

import org.jspecify.annotations.NullMarked;
