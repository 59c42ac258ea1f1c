package org.vfioap.machine;

import java.util.List;

/** Where in a machine file stands what Linux may refuse, in the order of the description. */
record Positions(List<Position> writes, List<Position> mdevs, List<Position> guests) {}
