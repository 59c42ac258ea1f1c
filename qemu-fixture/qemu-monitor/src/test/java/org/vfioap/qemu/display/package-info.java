/** Tests of remote displays. */
@NullMarked
package org.vfioap.qemu.display;

import org.jspecify.annotations.NullMarked;
