/**
 * A machine's files as a file system of the computer that it runs on, for real programs.
 *
 * <p>Start with {@link org.vfioap.mount.MachineMount}, which mounts a machine on a directory, and
 * {@link org.vfioap.mount.MachineDirectory}, what is there.
 */
@NullMarked
package org.vfioap.mount;

import org.jspecify.annotations.NullMarked;
