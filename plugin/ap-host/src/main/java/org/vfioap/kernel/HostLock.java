package org.vfioap.kernel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one lock of an emulated kernel's AP code: whatever several writers do looks as if they had
 * done it one after another.
 *
 * <p>The kernel uses a mutex for masks, one for guests, one for mdevs and one per device; a single
 * one gives the same results in some serial order, which is all that a program can see.
 */
public final class HostLock implements Mutex {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final KernelTimers timers;
  private final List<Consumer<Wait>> waitListeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> contentionListeners = new CopyOnWriteArrayList<>();

  HostLock(KernelTimers timers) {
    this.timers = timers;
  }

  @Override
  public void run(Runnable action) {
    acquire();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
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

  /** Calls the listener when a thread begins to wait in {@link #await}. */
  public void onWait(Consumer<Wait> listener) {
    waitListeners.add(listener);
  }

  /** Wakes everyone who waits in {@link #await}; the caller holds the lock. */
  public void signalAll() {
    changed.signalAll();
  }

  /**
   * Gives the lock away until the condition holds; the caller holds it, and holds it again
   * afterwards. Meanwhile it runs the kernel's timers that are due.
   *
   * @param whenInterrupted called when the thread is interrupted the first time; it goes on waiting
   *     and stays interrupted
   */
  public void await(Wait reason, BooleanSupplier condition, Runnable whenInterrupted) {
    if (condition.getAsBoolean()) {
      return;
    }
    waitListeners.forEach(listener -> listener.accept(reason));
    boolean interrupted = false;
    while (!condition.getAsBoolean()) {
      interrupted |= pause(interrupted, whenInterrupted);
      timers.runDue();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a change or the next timer; returns whether the thread was interrupted. */
  private boolean pause(boolean again, Runnable whenInterrupted) {
    try {
      timers.pause(changed);
      return false;
    } catch (InterruptedException e) {
      if (!again) {
        whenInterrupted.run();
      }
      return true;
    }
  }

  /** Runs the timers that are due and wakes whoever waits for what they did. */
  public void clockAdvanced() {
    run(
        () -> {
          timers.runDue();
          changed.signalAll();
        });
  }
}
