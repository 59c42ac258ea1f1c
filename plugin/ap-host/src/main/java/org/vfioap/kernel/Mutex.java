package org.vfioap.kernel;

import java.util.function.Supplier;

/** Something that one thread at a time may hold; held calls may be nested. */
public interface Mutex {
  /** Returns the answer of a question that changes nothing, while holding it. */
  <T> T get(Supplier<T> question);

  /** Returns the answer of an action that may change something, while holding it. */
  <T> T change(Supplier<T> action);

  /** Runs an action that may change something while holding it. */
  default void run(Runnable action) {
    change(
        () -> {
          action.run();
          return true;
        });
  }
}
