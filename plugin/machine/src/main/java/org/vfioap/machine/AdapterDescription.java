package org.vfioap.machine;

import org.vfioap.ap.Adapter;

/**
 * What stands behind an adapter number.
 *
 * @param assigned false if it is not assigned to this system yet
 */
record AdapterDescription(Adapter adapter, boolean assigned) {}
