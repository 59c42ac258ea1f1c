/**
 * Assertions for AssertJ about hosts, guests, journals and refusals; needs assertj-core.
 *
 * <p>Start with {@link org.vfioap.junit.assertions.VfioApAssertions}.
 */
@NullMarked
package org.vfioap.junit.assertions;

import org.jspecify.annotations.NullMarked;
