/**
 * Hostdevs as QEMU takes them: {@code -device}, QMP and HMP.
 *
 * <p>Start with {@link org.vfioap.translation.device.DeviceArguments}, which is made from any of
 * the forms and gives each of them, and {@link org.vfioap.translation.device.MdevCheck}, what
 * libvirt looks at on the host before it sends them.
 */
@NullMarked
package org.vfioap.translation.device;

import org.jspecify.annotations.NullMarked;
