/** The real udevadm hears what the machine announces. */
@org.jspecify.annotations.NullMarked
package org.vfioap.uevent;
