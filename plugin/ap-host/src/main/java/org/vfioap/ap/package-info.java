/**
 * The AP architecture: numbers, masks, and the hardware that a machine's firmware decides.
 *
 * <p>Start with {@link org.vfioap.ap.ApHardware}, the machine, and {@link org.vfioap.ap.Apqn}, the
 * address of one queue.
 */
@NullMarked
package org.vfioap.ap;

import org.jspecify.annotations.NullMarked;
