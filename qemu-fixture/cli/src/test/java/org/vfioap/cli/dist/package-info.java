/** What is released. */
@NullMarked
package org.vfioap.cli.dist;

import org.jspecify.annotations.NullMarked;
