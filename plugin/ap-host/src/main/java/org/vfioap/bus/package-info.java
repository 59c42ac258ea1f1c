/**
 * The AP bus: it scans the hardware into card and queue devices and decides by {@code apmask} and
 * {@code aqmask} which driver each queue belongs to. Follows Linux 6.1
 * drivers/s390/crypto/ap_bus.c.
 *
 * <p>Start with {@link org.vfioap.bus.ApBus}, the bus, and {@link org.vfioap.bus.ApDriver}, what it
 * asks of a driver.
 */
@NullMarked
package org.vfioap.bus;

import org.jspecify.annotations.NullMarked;
