/**
 * What every part of the emulated kernel shares: error numbers, number and mask syntax, the log,
 * uevents.
 *
 * <p>Start with {@link org.vfioap.kernel.KernelRefusal}, how a write says no, and {@link
 * org.vfioap.kernel.KernelProfile}, the one table of what differs between kernels.
 */
@NullMarked
package org.vfioap.kernel;

import org.jspecify.annotations.NullMarked;
