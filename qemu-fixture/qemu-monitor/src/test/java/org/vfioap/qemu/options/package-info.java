/** Tests of how options are read. */
@NullMarked
package org.vfioap.qemu.options;

import org.jspecify.annotations.NullMarked;
