package org.vfioap.place;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Reads what a process writes, in a thread that keeps no program alive. */
final class Background {
  private Background() {}

  static <T extends @Nullable Object> FutureTask<T> call(String name, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
