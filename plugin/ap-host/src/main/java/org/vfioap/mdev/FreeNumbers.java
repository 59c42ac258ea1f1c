package org.vfioap.mdev;

import java.util.BitSet;

/** Hands out the lowest free number, as the kernel's {@code ida_alloc}. */
final class FreeNumbers {
  private final BitSet taken = new BitSet();

  int take() {
    int number = taken.nextClearBit(0);
    taken.set(number);
    return number;
  }

  void release(int number) {
    taken.clear(number);
  }
}
