/** Tests of what comes of a command line. */
@NullMarked
package org.vfioap.qemu.process;

import org.jspecify.annotations.NullMarked;
