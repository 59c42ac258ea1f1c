/**
 * What a computer offers for mounts and running machines, and what mends the rest.
 *
 * <p>Start with {@link org.vfioap.doctor.Needs}, which tells what is missing for something, and
 * {@link org.vfioap.doctor.Examination}, which looks at everything.
 */
@NullMarked
package org.vfioap.doctor;

import org.jspecify.annotations.NullMarked;
