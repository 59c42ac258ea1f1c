package org.vfioap.ap;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The replies that wait in the queues of a machine.
 *
 * <p>An adapter is done with a request as soon as it has it, so only replies wait. A queue takes
 * {@link #DEPTH} of them. Safe for use by several threads.
 */
public final class MessageQueues {
  /** How many messages a queue holds. */
  public static final int DEPTH = 8;

  private final Map<Integer, Queue<Reply>> queues = new ConcurrentHashMap<>();

  private final Changes changes;

  MessageQueues(Changes changes) {
    this.changes = changes;
  }

  /**
   * A reply.
   *
   * @param id the number that the program gave its request
   * @param bytes of the message
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  public record Reply(long id, byte[] bytes) {}

  private synchronized Queue<Reply> queue(int adapter, int domain) {
    return queues.computeIfAbsent(Queues.index(adapter, domain), any -> new ArrayDeque<>(DEPTH));
  }

  /** Puts a reply into a queue; false if the queue is full. */
  public synchronized boolean put(int adapter, int domain, Reply reply) {
    boolean fits = !isFull(adapter, domain) && queue(adapter, domain).add(reply);
    changes.moved();
    return fits;
  }

  /** Returns the oldest reply and leaves it where it is. */
  public synchronized Optional<Reply> first(int adapter, int domain) {
    return Optional.ofNullable(queue(adapter, domain).peek());
  }

  /** Takes a reply out of its queue. */
  public synchronized void remove(int adapter, int domain, Reply reply) {
    queue(adapter, domain).remove(reply);
    changes.moved();
  }

  /** Returns how many replies wait in a queue. */
  public synchronized int waiting(int adapter, int domain) {
    return queue(adapter, domain).size();
  }

  /** Tells whether a queue takes no more. */
  public boolean isFull(int adapter, int domain) {
    return waiting(adapter, domain) >= DEPTH;
  }

  synchronized void drop(int adapter, int domain) {
    queues.remove(Queues.index(adapter, domain));
  }
}
