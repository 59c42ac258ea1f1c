/**
 * The process: QEMU's command line, its sockets, its end.
 *
 * <p>Start with {@link org.vfioap.qemu.process.QemuProcess} (from arguments to a running loop) and
 * {@link org.vfioap.qemu.process.CommandLine} (the parsed arguments).
 */
@NullMarked
package org.vfioap.qemu.process;

import org.jspecify.annotations.NullMarked;
