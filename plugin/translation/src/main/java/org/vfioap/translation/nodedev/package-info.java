/**
 * Mediated devices as libvirt, mdevctl and the kernel take them.
 *
 * <p>Start with {@link org.vfioap.translation.nodedev.MdevConfiguration}, which is made from XML or
 * JSON and gives either and the writes to /sys, and {@link
 * org.vfioap.translation.nodedev.MdevWriter}, which performs the writes or undoes them.
 */
@NullMarked
package org.vfioap.translation.nodedev;

import org.jspecify.annotations.NullMarked;
