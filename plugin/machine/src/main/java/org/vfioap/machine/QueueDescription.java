package org.vfioap.machine;

import java.util.Optional;
import org.vfioap.ap.QueueInfo;
import org.vfioap.ap.QueueState;

/**
 * What a machine file says of a queue.
 *
 * @param info what the coprocessor answers when it is asked about the domain, empty if it does not
 *     answer
 */
record QueueDescription(QueueState state, Optional<QueueInfo> info) {
  static final QueueDescription OK = new QueueDescription(QueueState.OK, Optional.empty());
}
