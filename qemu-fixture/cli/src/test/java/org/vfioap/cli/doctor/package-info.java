/** Tests of what the doctor says. */
@NullMarked
package org.vfioap.cli.doctor;

import org.jspecify.annotations.NullMarked;
