/** Tests of a real Linux on a machine's hardware. */
@NullMarked
package org.vfioap.cli.booting;

import org.jspecify.annotations.NullMarked;
