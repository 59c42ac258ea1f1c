/**
 * What this computer offers for running machines.
 *
 * <p>Start with {@link org.vfioap.cli.doctor.DoctorCommand}, which prints it, and {@link
 * org.vfioap.doctor.Examination}, which looks.
 */
@NullMarked
package org.vfioap.cli.doctor;

import org.jspecify.annotations.NullMarked;
