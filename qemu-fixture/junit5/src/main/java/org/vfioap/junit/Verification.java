package org.vfioap.junit;

/**
 * Counts what is in a journal. What does not fit is an {@link AssertionError} with what came
 * nearest.
 */
public interface Verification {
  /** Counts only those that have this value too: an argument of a command, or value of a write. */
  Verification with(String name, Object value);

  /** Requires that these came later, in this order, with anything between them. */
  Verification inOrder(String... next);

  /** Requires exactly one. */
  default void once() {
    times(1);
  }

  /** Requires none. */
  default void never() {
    times(0);
  }

  /** Requires so many. */
  void times(int number);
}
