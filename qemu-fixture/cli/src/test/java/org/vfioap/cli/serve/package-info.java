/** What clients of {@code vfioap serve} are answered. */
@NullMarked
package org.vfioap.cli.serve;

import org.jspecify.annotations.NullMarked;
