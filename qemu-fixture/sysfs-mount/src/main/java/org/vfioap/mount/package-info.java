/**
 * The machine's /sys as a file system of the computer that it runs on, for real programs.
 *
 * <p>Start with {@link org.vfioap.mount.SysfsMount}, which mounts a machine on a directory, and
 * {@link org.vfioap.mount.FileRequests}, which answers what the kernel asks on behalf of programs.
 */
@NullMarked
package org.vfioap.mount;

import org.jspecify.annotations.NullMarked;
