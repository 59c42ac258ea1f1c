/**
 * The commands that run a real Linux on a machine's hardware.
 *
 * <p>Start with {@link org.vfioap.cli.booting.BootCommand}.
 */
@NullMarked
package org.vfioap.cli.booting;

import org.jspecify.annotations.NullMarked;
