package org.vfioap.host;

import java.util.concurrent.TimeUnit;
import org.vfioap.kernel.Uevents;

/**
 * Counts the changes of a host, for a thread that looks at something and then waits until it may
 * have become otherwise: log lines, uevents, masks, mdevs, APCBs.
 *
 * <pre>{@code
 * try (Changes changes = Changes.of(host)) {
 *   for (long seen = changes.count(); !condition(); seen = changes.count()) {
 *     if (!changes.awaitAfter(seen, end)) { … }
 *   }
 * }
 * }</pre>
 */
public final class Changes implements AutoCloseable {
  private final Uevents.Subscription subscription;
  private long count;

  private Changes(ApHost host) {
    subscription = host.onChange(this::note);
  }

  /** Counts from now on, until it is closed. */
  public static Changes of(ApHost host) {
    return new Changes(host);
  }

  private synchronized void note() {
    count++;
    notifyAll();
  }

  /** Returns how many there were. */
  public synchronized long count() {
    return count;
  }

  /**
   * Waits for a change after those that were seen.
   *
   * @param end as {@link System#nanoTime}
   * @return false if the time is over, or the thread is interrupted and stays so
   */
  public synchronized boolean awaitAfter(long seen, long end) {
    try {
      while (count == seen) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left + TimeUnit.MILLISECONDS.toNanos(1));
      }
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    subscription.close();
  }
}
