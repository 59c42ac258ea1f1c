/** Tests of how files are opened and what the kernel says. */
@NullMarked
package org.vfioap.qemu.host;

import org.jspecify.annotations.NullMarked;
