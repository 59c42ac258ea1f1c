package org.vfioap.mount;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/**
 * What programs hold open, by the number that the kernel passes back.
 *
 * @param <T> what is open
 */
final class OpenHandles<T> {
  private final Map<Long, T> open = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();

  long add(T handle) {
    long number = last.incrementAndGet();
    open.put(number, handle);
    return number;
  }

  T get(long number) {
    T handle = open.get(number);
    if (handle == null) {
      throw KernelRefusal.of(Errno.ENOENT, "handle " + number + " is not open");
    }
    return handle;
  }

  void remove(long number) {
    open.remove(number);
  }
}
