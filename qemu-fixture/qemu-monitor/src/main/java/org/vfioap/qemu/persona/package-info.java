/**
 * Which QEMU is emulated, and what differs between them.
 *
 * <p>Start with {@link org.vfioap.qemu.persona.QemuVersion} (the versions there are) and {@link
 * org.vfioap.qemu.persona.QemuRules} (the table of differences).
 */
@NullMarked
package org.vfioap.qemu.persona;

import org.jspecify.annotations.NullMarked;
