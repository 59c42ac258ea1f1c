/**
 * Why a queue is or is not in a guest.
 *
 * <p>Start with {@link org.vfioap.translation.explain.Explanation}, made from a host's files, and
 * {@link org.vfioap.translation.explain.Finding}, a rule with the file and value that decide it.
 */
@NullMarked
package org.vfioap.translation.explain;

import org.jspecify.annotations.NullMarked;
