package org.vfioap.junit;

/** Counts changes of a machine for a thread that waits for one. */
final class Changes {
  private static final long NANOS = 1_000_000;

  private long count;

  synchronized void note() {
    count++;
    notifyAll();
  }

  synchronized long count() {
    return count;
  }

  /** Waits for one after those that were seen; returns false if the time is over. */
  synchronized boolean awaitAfter(long seen, long end) {
    try {
      while (count == seen) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        wait(left / NANOS + 1);
      }
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
