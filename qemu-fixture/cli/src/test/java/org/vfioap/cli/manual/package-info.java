/** The pages and the script, as a user gets them. */
@NullMarked
package org.vfioap.cli.manual;

import org.jspecify.annotations.NullMarked;
