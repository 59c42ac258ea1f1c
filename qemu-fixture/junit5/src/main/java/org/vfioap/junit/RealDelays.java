package org.vfioap.junit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Delays in the computer's time. */
final class RealDelays {
  private RealDelays() {}

  static void after(Duration delay, Runnable action) {
    Executor later =
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, Runnable::run);
    later.execute(action);
  }
}
