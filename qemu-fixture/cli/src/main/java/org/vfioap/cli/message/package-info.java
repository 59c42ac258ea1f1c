/**
 * What the user is told when something cannot be done.
 *
 * <p>Start with {@link org.vfioap.cli.message.UserError}, which each command throws.
 */
@NullMarked
package org.vfioap.cli.message;

import org.jspecify.annotations.NullMarked;
