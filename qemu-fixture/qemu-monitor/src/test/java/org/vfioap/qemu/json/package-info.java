/** Tests of the reader and writer. */
@NullMarked
package org.vfioap.qemu.json;

import org.jspecify.annotations.NullMarked;
