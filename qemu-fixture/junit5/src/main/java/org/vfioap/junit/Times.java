package org.vfioap.junit;

/** How often something that was ordered happens; it is ordered when one of these is called. */
public interface Times {
  /** The next time. */
  default void once() {
    times(1);
  }

  /** The next times. */
  void times(int number);

  /** Every time. */
  void always();
}
