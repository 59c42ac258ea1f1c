/**
 * A whole emulated host, and guests that are hosts again.
 *
 * <p>Start with {@link org.vfioap.host.ApHost}, which boots a machine and gives its /sys, log,
 * events and guests, and {@link org.vfioap.host.ScanPolicy}, when the bus notices that hardware
 * changed.
 */
@NullMarked
package org.vfioap.host;

import org.jspecify.annotations.NullMarked;
