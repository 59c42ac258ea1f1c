/**
 * Sessions of an administrator: command lines that act on an emulated host and print what it
 * answers.
 *
 * <p>Start with {@link org.vfioap.cli.session.Shell}, which understands the commands, and {@link
 * org.vfioap.cli.session.Example}, the document's example as such command lines.
 */
@NullMarked
package org.vfioap.cli.session;

import org.jspecify.annotations.NullMarked;
