/**
 * Virtual machines of a mounted host: the files {@code /dev/kvm} and {@code /dev/vfio/N}; beside
 * them the nodes of zcrypt.
 *
 * <p>Start with {@link org.vfioap.vm.VirtualMachines}, which machines run, and {@link
 * org.vfioap.vm.DeviceDirectory}, the files through which they came to be.
 */
@NullMarked
package org.vfioap.vm;

import org.jspecify.annotations.NullMarked;
