/**
 * Puts the emulator somewhere as a program.
 *
 * <p>Start with {@link org.vfioap.qemu.install.EmulatorInstaller} (all of it) and {@link
 * org.vfioap.qemu.install.ClassArchive} (what makes it start fast).
 */
@NullMarked
package org.vfioap.qemu.install;

import org.jspecify.annotations.NullMarked;
