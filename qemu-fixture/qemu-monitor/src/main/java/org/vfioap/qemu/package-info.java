/**
 * Poses as qemu-system-s390x 7.2 on its monitors.
 *
 * <p>Start with {@link org.vfioap.qemu.QemuMonitor} (in a test) and {@link
 * org.vfioap.qemu.QemuMain} (as a program).
 */
@NullMarked
package org.vfioap.qemu;

import org.jspecify.annotations.NullMarked;
