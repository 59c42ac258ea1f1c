/** What a computer offers, looked at. */
@NullMarked
package org.vfioap.doctor;

import org.jspecify.annotations.NullMarked;
