/**
 * The sockets that monitors listen on, and the loop that serves them.
 *
 * <p>Start with {@link org.vfioap.qemu.monitor.EventLoop} (everything happens there) and {@link
 * org.vfioap.qemu.monitor.MonitorServer} (one listening socket, one client at a time).
 */
@NullMarked
package org.vfioap.qemu.monitor;

import org.jspecify.annotations.NullMarked;
