/**
 * The monitor for people: its line editor, its parser, its commands.
 *
 * <p>Start with {@link org.vfioap.qemu.hmp.HumanMonitor} (executes a line) and {@link
 * org.vfioap.qemu.hmp.LineEditor} (a terminal's bytes become lines).
 */
@NullMarked
package org.vfioap.qemu.hmp;

import org.jspecify.annotations.NullMarked;
