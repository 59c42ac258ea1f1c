/**
 * The commands that the pages print, run as they are printed.
 *
 * <p>Start with {@link org.vfioap.cli.pages.PagesIT}.
 */
@NullMarked
package org.vfioap.cli.pages;

import org.jspecify.annotations.NullMarked;
