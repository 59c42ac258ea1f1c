/**
 * Devices on buses: models, the bus tree that {@code info qtree} prints, plugging and unplugging.
 *
 * <p>Start with {@link org.vfioap.qemu.qdev.DevicePlug} (device_add and device_del) and {@link
 * org.vfioap.qemu.qdev.Bus} (a bus and what is on it).
 */
@NullMarked
package org.vfioap.qemu.qdev;

import org.jspecify.annotations.NullMarked;
