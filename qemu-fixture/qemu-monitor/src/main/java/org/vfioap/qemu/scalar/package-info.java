/**
 * The one reader of texts that stand for a switch, a number or a size.
 *
 * <p>Start with {@link org.vfioap.qemu.scalar.Switches} and {@link org.vfioap.qemu.scalar.Numbers}.
 */
@NullMarked
package org.vfioap.qemu.scalar;

import org.jspecify.annotations.NullMarked;
