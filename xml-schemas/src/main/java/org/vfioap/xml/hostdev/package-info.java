/**
 * Mediated devices of a guest: {@code <hostdev mode='subsystem' type='mdev'>}.
 *
 * <p>Start with {@link org.vfioap.xml.hostdev.Hostdev}, the element as a value, and {@code
 * HostdevRules}, what libvirt checks in it and in which order.
 */
@NullMarked
package org.vfioap.xml.hostdev;

import org.jspecify.annotations.NullMarked;
