/**
 * A machine's /sys and /dev as a file system of this process, for code that takes a {@link
 * java.nio.file.Path}: no FUSE, no root, no Linux.
 *
 * <p>Start with {@link org.vfioap.files.MachineFiles}. Values, errors and their texts are those of
 * the same files on Linux.
 */
@NullMarked
package org.vfioap.files;

import org.jspecify.annotations.NullMarked;
