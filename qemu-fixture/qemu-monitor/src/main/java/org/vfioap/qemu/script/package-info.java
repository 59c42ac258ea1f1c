/**
 * Faults that tests order, and the journal of what clients sent.
 *
 * <p>Start with {@link org.vfioap.qemu.script.Script} (what goes wrong when) and {@link
 * org.vfioap.qemu.script.Journal} (what was sent).
 */
@NullMarked
package org.vfioap.qemu.script;

import org.jspecify.annotations.NullMarked;
