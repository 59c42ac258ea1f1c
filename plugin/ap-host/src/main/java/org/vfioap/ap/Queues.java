package org.vfioap.ap;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The queues of a machine: the state of each, its interruptions, and the messages in it. */
final class Queues {
  private final Map<Integer, QueueState> states = new ConcurrentHashMap<>();
  private final Set<Integer> interrupting = ConcurrentHashMap.newKeySet();
  private final Set<Integer> stuck = ConcurrentHashMap.newKeySet();
  private final MessageQueues messages;

  Queues(Changes changes) {
    messages = new MessageQueues(changes);
  }

  static int index(int adapter, int domain) {
    return adapter << 8 | domain;
  }

  void set(int adapter, int domain, QueueState state) {
    states.put(index(adapter, domain), state);
    stuck.remove(index(adapter, domain));
  }

  QueueState state(int adapter, int domain) {
    return states.isEmpty()
        ? QueueState.OK
        : states.getOrDefault(index(adapter, domain), QueueState.OK);
  }

  /** Returns the queues that are not healthy, and how. */
  Map<Apqn, QueueState> troubled() {
    Map<Apqn, QueueState> troubled = new TreeMap<>();
    states.forEach(
        (index, state) -> {
          if (state != QueueState.OK) {
            troubled.put(Apqn.of(index >> 8, index & 255), state);
          }
        });
    return troubled;
  }

  /** Tells whether a reset has begun that never ends. */
  boolean isStuck(int adapter, int domain) {
    return stuck.contains(index(adapter, domain));
  }

  /** Resets a queue that answers; returns whether it finds another reset under way. */
  boolean reset(int adapter, int domain) {
    int index = index(adapter, domain);
    interrupting.remove(index);
    messages.drop(adapter, domain);
    QueueState state = state(adapter, domain);
    if (state == QueueState.RESET_BUSY_ONCE) {
      states.remove(index, state);
    } else if (state == QueueState.RESET_STUCK) {
      stuck.add(index);
    }
    return state == QueueState.RESET_BUSY_ONCE || state == QueueState.RESET_STUCK;
  }

  MessageQueues messages() {
    return messages;
  }

  void interrupts(int adapter, int domain, boolean enabled) {
    if (enabled) {
      interrupting.add(index(adapter, domain));
    } else {
      interrupting.remove(index(adapter, domain));
    }
  }

  boolean interrupts(int adapter, int domain) {
    return interrupting.contains(index(adapter, domain));
  }
}
