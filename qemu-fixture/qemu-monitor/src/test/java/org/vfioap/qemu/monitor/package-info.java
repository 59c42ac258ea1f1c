/** Tests of how monitors are reached. */
@NullMarked
package org.vfioap.qemu.monitor;

import org.jspecify.annotations.NullMarked;
