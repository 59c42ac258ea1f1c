/**
 * A machine as a place: processes in namespaces of their own, whose /sys is the machine.
 *
 * <p>Start with {@link org.vfioap.place.Machines}, which starts and finds them, and {@link
 * org.vfioap.place.PlaceDaemon}, the daemon that is the machine's kernel. The shell scripts beside
 * it, {@code machine.sh} and {@code init.sh}, make the namespaces and start the daemon in them.
 */
@NullMarked
package org.vfioap.place;

import org.jspecify.annotations.NullMarked;
