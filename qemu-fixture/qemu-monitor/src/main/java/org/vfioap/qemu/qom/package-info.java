/**
 * QEMU's object model: a tree of objects with typed properties, and the types they have.
 *
 * <p>Start with {@link org.vfioap.qemu.qom.ObjectTree} (paths and look-up) and {@link
 * org.vfioap.qemu.qom.TypeTable} (the recorded types).
 */
@NullMarked
package org.vfioap.qemu.qom;

import org.jspecify.annotations.NullMarked;
