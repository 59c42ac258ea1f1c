package org.vfioap.kernel;

import java.util.function.Supplier;

/** Something that one thread at a time may hold; held calls may be nested. */
public interface Mutex {
  /** Returns the answer that was found while holding it. */
  <T> T get(Supplier<T> question);

  /** Runs the action while holding it. */
  default void run(Runnable action) {
    get(
        () -> {
          action.run();
          return true;
        });
  }
}
