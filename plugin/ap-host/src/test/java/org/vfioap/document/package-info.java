/**
 * Every example, number and rule of Documentation/s390/vfio-ap.rst with dynamic configuration
 * support (v16, May 2021). Display names quote the section that a test holds.
 *
 * <p>Start with {@link org.vfioap.document.ThreeGuestsTest}, the document's example from the masks
 * to the removal, and {@link org.vfioap.document.AssignRulesTest}.
 */
@NullMarked
package org.vfioap.document;

import org.jspecify.annotations.NullMarked;
