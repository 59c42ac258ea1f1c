package org.vfioap.machine;

import java.util.Optional;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.CardInfo;

/**
 * What stands behind an adapter number.
 *
 * @param assigned false if it is not assigned to this system yet
 * @param info what its coprocessor answers when it is asked, empty if it does not answer
 */
record AdapterDescription(Adapter adapter, boolean assigned, Optional<CardInfo> info) {}
