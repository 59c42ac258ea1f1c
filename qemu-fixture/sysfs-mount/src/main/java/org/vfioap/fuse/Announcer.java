package org.vfioap.fuse;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the kernel what became of what it remembers.
 *
 * <p>Whoever must not go on before the kernel knows tells it himself; for all others a thread of
 * its own does it soon.
 */
final class Announcer {
  private final Notices notices;
  private final NodeTable nodes;
  private final Runnable settled;
  private final ReentrantLock telling = new ReentrantLock();
  private long wanted;
  private long done;
  private boolean changed;
  private boolean closed;

  /** Makes it; {@code settled} returns when a change that was announced is complete. */
  Announcer(Notices notices, NodeTable nodes, Runnable settled) {
    this.notices = notices;
    this.nodes = nodes;
    this.settled = settled;
  }

  void start() {
    Thread thread = new Thread(this::run, "fuse-announcer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Something may have come or gone. */
  synchronized void request() {
    nodes.change();
    changed = true;
    wanted++;
  }

  /** What was promised until now may not be found without asking any more. */
  synchronized void takeBack() {
    wanted++;
  }

  /** Tells whether something that was requested is not told yet. */
  synchronized boolean isBehind() {
    return done < wanted && !closed;
  }

  /** Lets the thread tell soon what was requested so far. */
  synchronized void tellSoon() {
    notifyAll();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void run() {
    while (awaitRequest()) {
      tell(() -> {});
    }
  }

  private synchronized boolean awaitRequest() {
    try {
      while (done == wanted && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      closed = true;
    }
    return !closed;
  }

  /**
   * Tells the kernel what was requested so far, and returns when it knows.
   *
   * @param beginsToWait runs before the kernel may keep this thread waiting for a look that is
   *     being answered
   */
  void tell(Runnable beginsToWait) {
    if (!telling.tryLock()) {
      beginsToWait.run();
      telling.lock();
    }
    try {
      long number = wanted();
      if (takeChanged()) {
        tellOfDirectories(beginsToWait);
      }
      expire(nodes.promises().takeAll(), beginsToWait);
      finish(number);
    } finally {
      telling.unlock();
    }
  }

  private void expire(List<NodeTable.Entry> promised, Runnable beginsToWait) {
    if (!promised.isEmpty()) {
      beginsToWait.run();
      promised.forEach(notices::expired);
      notices.useless(promised);
    }
  }

  private void tellOfDirectories(Runnable beginsToWait) {
    settled.run();
    nodes.change();
    for (NodeTable.Entry directory : nodes.lasting()) {
      if (nodes.isGone(directory)) {
        beginsToWait.run();
        notices.gone(directory);
      } else {
        notices.changed(directory);
      }
    }
  }

  private synchronized long wanted() {
    return wanted;
  }

  private synchronized boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  private synchronized void finish(long number) {
    done = Math.max(done, number);
  }
}
