/**
 * The {@code vfioap} command.
 *
 * <p>Start with {@link org.vfioap.cli.Main}, what the launcher runs, and {@link
 * org.vfioap.cli.DemoCommand}, which plays the document's example.
 */
@NullMarked
package org.vfioap.cli;

import org.jspecify.annotations.NullMarked;
