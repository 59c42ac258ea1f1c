/** Tests of devices. */
@NullMarked
package org.vfioap.qemu.qdev;

import org.jspecify.annotations.NullMarked;
