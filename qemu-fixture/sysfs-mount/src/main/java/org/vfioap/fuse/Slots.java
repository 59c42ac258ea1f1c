package org.vfioap.fuse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/**
 * Things under numbers that the kernel passes back. A number is never given twice; the first is 1.
 *
 * @param <T> what stands under the numbers
 */
final class Slots<T> {
  private static final int INDEX_BITS = 32;

  private final List<Slot<T>> slots = new ArrayList<>();
  private @Nullable Slot<T> free;

  /** One place in the list; its number changes with each use. */
  private static final class Slot<T> {
    private long number;
    private @Nullable T value;
    private @Nullable Slot<T> nextFree;

    private Slot(long number) {
      this.number = number;
    }
  }

  synchronized long add(T value) {
    Slot<T> slot = free;
    if (slot == null) {
      slot = new Slot<>(slots.size() + 1L);
      slots.add(slot);
    } else {
      free = slot.nextFree;
      slot.nextFree = null;
    }
    slot.value = value;
    return slot.number;
  }

  /** Returns what stands under a number; ENOENT if nothing does. */
  synchronized T get(long number) {
    Slot<T> slot = find(number);
    if (slot == null || slot.value == null) {
      throw KernelRefusal.of(Errno.ENOENT, "nothing has the number " + number);
    }
    return slot.value;
  }

  /** Frees a number and returns what stood under it, if anything. */
  synchronized @Nullable T remove(long number) {
    Slot<T> slot = find(number);
    if (slot == null) {
      return null;
    }
    T value = slot.value;
    slot.value = null;
    slot.number += 1L << INDEX_BITS;
    slot.nextFree = free;
    free = slot;
    return value;
  }

  private @Nullable Slot<T> find(long number) {
    int index = (int) number - 1;
    boolean inside = index >= 0 && index < slots.size();
    return inside && slots.get(index).number == number ? slots.get(index) : null;
  }

  /** Returns how many numbers are in use. */
  synchronized int size() {
    return (int) slots.stream().filter(slot -> slot.value != null).count();
  }
}
