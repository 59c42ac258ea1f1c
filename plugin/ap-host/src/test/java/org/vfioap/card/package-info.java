/** Tests of what adapters answer. */
@NullMarked
package org.vfioap.card;

import org.jspecify.annotations.NullMarked;
