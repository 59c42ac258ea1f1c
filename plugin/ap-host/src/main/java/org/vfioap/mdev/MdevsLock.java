package org.vfioap.mdev;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.HostLock;
import org.vfioap.kernel.Mutex;
import org.vfioap.kernel.Wait;

/**
 * {@code mdevs_lock}: held by whoever looks at or changes mdevs, also while it waits for a reset.
 *
 * <p>It is the kernel's lock and, beyond it, a mark of the thread that gave that lock away to wait.
 * So files of the bus answer during such a wait, and those of vfio_ap do not. Nobody who waits here
 * can be interrupted.
 */
final class MdevsLock implements Mutex {
  private final HostLock lock;
  private @Nullable Thread waiting;

  MdevsLock(HostLock lock) {
    this.lock = lock;
  }

  @Override
  public <T> T get(Supplier<T> question) {
    return lock.get(
        () -> {
          enter();
          return question.get();
        });
  }

  @Override
  public <T> T change(Supplier<T> action) {
    return lock.change(
        () -> {
          enter();
          return action.get();
        });
  }

  /** Waits until no other thread waits for a reset; the caller holds the kernel's lock. */
  void enter() {
    if (isTaken()) {
      lock.await(Wait.FOR_MDEVS, () -> !isTaken(), () -> {});
    }
  }

  private boolean isTaken() {
    return waiting != null && waiting != Thread.currentThread();
  }

  /** Waits for the end of a reset; until then nobody else enters. */
  void holdUntil(BooleanSupplier end) {
    waiting = Thread.currentThread();
    try {
      lock.await(Wait.FOR_RESET, end, () -> {});
    } finally {
      waiting = null;
      lock.signalAll();
    }
  }
}
