/**
 * The machine's uevents on netlink, for udev, libvirt and whoever else listens.
 *
 * <p>Start with {@link org.vfioap.uevent.UeventBroadcast}, which sends what a machine announces,
 * and {@code Audience}, to whom and in which form.
 */
@NullMarked
package org.vfioap.uevent;

import org.jspecify.annotations.NullMarked;
