/**
 * What a document of libvirt comes to, before anything is done.
 *
 * <p>Start with {@link org.vfioap.translation.plan.Plan}, made from a document, and {@link
 * org.vfioap.translation.plan.Section}, one form of it.
 */
@NullMarked
package org.vfioap.translation.plan;

import org.jspecify.annotations.NullMarked;
