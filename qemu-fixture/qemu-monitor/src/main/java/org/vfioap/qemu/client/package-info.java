/**
 * A client of a QMP monitor, for tests.
 *
 * <p>Start with {@link org.vfioap.qemu.client.QmpClient} (commands and awaited events) and {@link
 * org.vfioap.qemu.qapi.QemuError} (how commands fail).
 */
@NullMarked
package org.vfioap.qemu.client;

import org.jspecify.annotations.NullMarked;
