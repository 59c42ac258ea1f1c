/**
 * The only door: every file of the emulated /sys is a path, a mode, a show and a store.
 *
 * <p>Start with {@link org.vfioap.sysfs.SysfsTree}, which finds, reads and writes files, and {@link
 * org.vfioap.sysfs.Attribute}, what one file does.
 */
@NullMarked
package org.vfioap.sysfs;

import org.jspecify.annotations.NullMarked;
