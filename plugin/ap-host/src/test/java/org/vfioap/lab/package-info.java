/**
 * The words in which the tests of this module speak.
 *
 * <p>Start with {@link org.vfioap.lab.Admin}, who works on a host, and {@link
 * org.vfioap.lab.LabAssertions}, which looks at what became of it.
 */
@NullMarked
package org.vfioap.lab;

import org.jspecify.annotations.NullMarked;
