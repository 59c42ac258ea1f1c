/**
 * libvirt over an emulated host in this process, with an emulated QEMU for each guest.
 *
 * <p>Start with {@link org.vfioap.translation.emulated.EmulatedLibvirt} and {@link
 * org.vfioap.translation.emulated.QemuLauncher}, which starts the QEMUs.
 */
@NullMarked
package org.vfioap.translation.emulated;

import org.jspecify.annotations.NullMarked;
