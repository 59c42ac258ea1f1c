/**
 * The machine's /sys as it is now, for tools that only read.
 *
 * <p>Start with {@link org.vfioap.export.PlainFiles}, a directory of plain files, {@link
 * org.vfioap.export.TarFile}, the same in one file, and {@link
 * org.vfioap.export.UmockdevDescription}, a file for umockdev.
 */
@NullMarked
package org.vfioap.export;

import org.jspecify.annotations.NullMarked;
