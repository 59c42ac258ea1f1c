/**
 * A file system in this process: the kernel's FUSE protocol, spoken on /dev/fuse.
 *
 * <p>Start with {@link org.vfioap.fuse.FuseMount}, which mounts a tree, and {@link
 * org.vfioap.fuse.Node}, what a tree is made of.
 */
@NullMarked
package org.vfioap.fuse;

import org.jspecify.annotations.NullMarked;
