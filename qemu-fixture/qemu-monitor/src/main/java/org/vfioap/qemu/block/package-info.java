/**
 * Disks: files and devices of the host as nodes, drives, and what devices have of them.
 *
 * <p>Start with {@link org.vfioap.qemu.block.Disks} (all of a guest) and {@link
 * org.vfioap.qemu.block.BlockNodes} (the nodes).
 */
@NullMarked
package org.vfioap.qemu.block;

import org.jspecify.annotations.NullMarked;
