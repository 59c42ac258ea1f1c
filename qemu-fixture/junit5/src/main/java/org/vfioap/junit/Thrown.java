package org.vfioap.junit;

/** Throws what was caught. */
final class Thrown {
  private Thrown() {}

  static void again(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
