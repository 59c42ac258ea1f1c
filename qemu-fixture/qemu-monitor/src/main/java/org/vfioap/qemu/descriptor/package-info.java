/**
 * File descriptors that other processes hand over: by number on the command line, or with a message
 * on a monitor's socket.
 *
 * <p>Start with {@link org.vfioap.qemu.descriptor.DescriptorStore} (what getfd keeps) and {@link
 * org.vfioap.qemu.descriptor.AncillaryInput} (how they arrive).
 */
@NullMarked
package org.vfioap.qemu.descriptor;

import org.jspecify.annotations.NullMarked;
