package org.vfioap.mount;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Lets the AP buses of a machine and its guests be scanned when their time has come. */
final class PeriodicScans implements AutoCloseable {
  private static final long PERIOD_MILLIS = 500;

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(PeriodicScans::thread);
  private final ScheduledFuture<?> task;

  private PeriodicScans(Runnable scans) {
    task =
        executor.scheduleWithFixedDelay(scans, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  static PeriodicScans start(Runnable scans) {
    return new PeriodicScans(scans);
  }

  private static Thread thread(Runnable action) {
    Thread thread = new Thread(action, "ap-scans");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    task.cancel(false);
    executor.shutdownNow();
  }
}
