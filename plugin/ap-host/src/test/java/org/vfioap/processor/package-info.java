/** Tests of the AP instructions, one rule each. */
@NullMarked
package org.vfioap.processor;

import org.jspecify.annotations.NullMarked;
