/** What a computer offers, looked at. */
@NullMarked
package org.vfioap.cli.doctor;

import org.jspecify.annotations.NullMarked;
