package org.vfioap.kernel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The one lock of an emulated kernel's AP code: whatever several writers do looks as if they had
 * done it one after another.
 *
 * <p>The kernel uses a mutex for masks, one for guests, one for mdevs and one per device; a single
 * one gives the same results in some serial order, which is all that a program can see.
 */
public final class HostLock {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Runnable> waitListeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> contentionListeners = new CopyOnWriteArrayList<>();

  private HostLock() {}

  /** Creates a free lock. */
  public static HostLock create() {
    return new HostLock();
  }

  /** Runs the action while holding the lock; may be nested. */
  public void run(Runnable action) {
    acquire();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the answer that was found while holding the lock; may be nested. */
  public <T> T get(Supplier<T> question) {
    acquire();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  private void acquire() {
    if (!lock.tryLock()) {
      contentionListeners.forEach(Runnable::run);
      lock.lock();
    }
  }

  /** Calls the listener whenever a thread finds that another one holds the lock. */
  public void onContention(Runnable listener) {
    contentionListeners.add(listener);
  }

  /** Calls the listener whenever a thread is about to wait in {@link #await}. */
  public void onWait(Runnable listener) {
    waitListeners.add(listener);
  }

  /** Wakes everyone who waits in {@link #await}; the caller holds the lock. */
  public void signalAll() {
    changed.signalAll();
  }

  /**
   * Gives the lock away until {@link #signalAll}; the caller holds it, and holds it again
   * afterwards.
   *
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      waitListeners.forEach(Runnable::run);
      changed.await();
    }
  }
}
