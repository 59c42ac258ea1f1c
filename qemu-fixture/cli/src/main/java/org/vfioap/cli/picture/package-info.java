/**
 * Who owns each APQN of a host, as a picture.
 *
 * <p>Start with {@link org.vfioap.cli.picture.ApqnMap}, which finds the owners, and {@link
 * org.vfioap.cli.picture.SvgPicture}, one of the two ways to draw them.
 */
@NullMarked
package org.vfioap.cli.picture;

import org.jspecify.annotations.NullMarked;
