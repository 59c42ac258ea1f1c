package org.vfioap.machine;

import org.vfioap.ap.ApMatrix;

/**
 * An mdev to create at boot.
 *
 * @param uuid in lower case
 * @param assigned what to assign to it
 */
record MdevDescription(String uuid, ApMatrix assigned) {}
