/** Tests of locks and disks. */
@NullMarked
package org.vfioap.qemu.block;

import org.jspecify.annotations.NullMarked;
