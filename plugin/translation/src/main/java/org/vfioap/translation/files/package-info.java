/**
 * The files of a host, emulated in this process or of a running system.
 *
 * <p>Start with {@link org.vfioap.translation.files.HostFiles}, made for either, and {@link
 * org.vfioap.translation.files.SysfsWrite}, a value for a file.
 */
@NullMarked
package org.vfioap.translation.files;

import org.jspecify.annotations.NullMarked;
