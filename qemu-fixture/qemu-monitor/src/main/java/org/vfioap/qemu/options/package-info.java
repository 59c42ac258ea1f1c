/**
 * QEMU's option strings: {@code key=value} lists, flags, identifiers, numbers with suffixes.
 *
 * <p>Start with {@link org.vfioap.qemu.options.OptionString} (a parsed list) and {@link
 * org.vfioap.qemu.options.Identifiers} (what an identifier may look like).
 */
@NullMarked
package org.vfioap.qemu.options;

import org.jspecify.annotations.NullMarked;
