package org.vfioap.host;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets threads go at the same instant: they spin, since waking one up takes longer than the
 * operations that are to meet.
 */
final class StartingLine {
  private final AtomicInteger missing;

  StartingLine(int threads) {
    missing = new AtomicInteger(threads);
  }

  void await() {
    missing.decrementAndGet();
    while (missing.get() > 0) {
      Thread.onSpinWait();
    }
  }
}
