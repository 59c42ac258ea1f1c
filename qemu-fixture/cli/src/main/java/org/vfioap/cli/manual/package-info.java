/**
 * What a user reads and types besides the command itself, written from its description: manual
 * pages and the completion of shells.
 *
 * <p>Start with {@link org.vfioap.cli.manual.ManualPages} and {@link
 * org.vfioap.cli.manual.CompletionCommand}.
 */
@NullMarked
package org.vfioap.cli.manual;

import org.jspecify.annotations.NullMarked;
