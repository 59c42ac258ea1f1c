/**
 * QAPI: which commands exist, what their arguments may be, and how QEMU refuses.
 *
 * <p>Start with {@link org.vfioap.qemu.qapi.CommandSchema} (the commands and their arguments) and
 * {@link org.vfioap.qemu.qapi.QemuError} (a refusal with its class and text).
 */
@NullMarked
package org.vfioap.qemu.qapi;

import org.jspecify.annotations.NullMarked;
