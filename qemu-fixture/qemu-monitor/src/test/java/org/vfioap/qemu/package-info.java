/** Tests of the emulator as a whole. */
@NullMarked
package org.vfioap.qemu;

import org.jspecify.annotations.NullMarked;
