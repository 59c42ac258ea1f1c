/**
 * The commands that show a machine's files without namespaces.
 *
 * <p>Start with {@link org.vfioap.cli.mounting.MountCommand} (live) and {@link
 * org.vfioap.cli.mounting.ExportCommand} (as they are now).
 */
@NullMarked
package org.vfioap.cli.mounting;

import org.jspecify.annotations.NullMarked;
