/**
 * libvirt as a Java interface: of a running libvirtd, or of an emulated host in this process.
 *
 * <p>Start with {@link org.vfioap.translation.libvirt.LibvirtHost}, what both can do, and {@link
 * org.vfioap.translation.libvirt.LiveLibvirt}, the running one.
 */
@NullMarked
package org.vfioap.translation.libvirt;

import org.jspecify.annotations.NullMarked;
