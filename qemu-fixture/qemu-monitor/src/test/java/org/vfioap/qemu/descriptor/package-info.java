/** Tests of what is behind file descriptors. */
@NullMarked
package org.vfioap.qemu.descriptor;

import org.jspecify.annotations.NullMarked;
