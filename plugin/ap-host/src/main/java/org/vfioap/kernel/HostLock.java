package org.vfioap.kernel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one lock of an emulated kernel's AP code: whatever several writers do looks as if they had
 * done it one after another.
 *
 * <p>The kernel uses a mutex for masks, one for guests, one for mdevs and one per device; a single
 * one gives the same results in some serial order, which is all that a program can see. What is
 * {@link #run} or {@link #change} may change something; who is in {@link #look} or {@link #get}
 * only looks.
 */
public final class HostLock implements Mutex {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final KernelTimers timers;
  private final List<Consumer<Wait>> waitListeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> contentionListeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> changeListeners = new CopyOnWriteArrayList<>();
  private final ThreadLocal<Boolean> deferring = ThreadLocal.withInitial(() -> false);
  private volatile @Nullable Thread telling;
  private boolean dirty;

  HostLock(KernelTimers timers) {
    this.timers = timers;
  }

  /** Runs an action that only looks while holding the lock; may be nested. */
  public void look(Runnable action) {
    acquire();
    try {
      action.run();
    } finally {
      release();
    }
  }

  @Override
  public <T> T get(Supplier<T> question) {
    acquire();
    try {
      return question.get();
    } finally {
      release();
    }
  }

  @Override
  public <T> T change(Supplier<T> action) {
    acquire();
    try {
      dirty = true;
      return action.get();
    } finally {
      release();
    }
  }

  private void acquire() {
    if (telling == Thread.currentThread()) {
      throw new IllegalStateException(
          "a listener of uevents or of waiting calls back into the machine, which waits for it;"
              + " allowed: to note the event, or to listen with ApHost.onChange instead");
    }
    if (!lock.tryLock()) {
      contentionListeners.forEach(Runnable::run);
      lock.lock();
    }
  }

  private void release() {
    boolean tell = dirty && lock.getHoldCount() == 1 && !isDeferring();
    if (tell) {
      dirty = false;
    }
    lock.unlock();
    if (tell) {
      changeListeners.forEach(Runnable::run);
    }
  }

  private boolean isDeferring() {
    return !changeListeners.isEmpty() && deferring.get();
  }

  /**
   * Runs an action that takes this lock below others; listeners of changes are called when it has
   * given back all of them.
   */
  public void deferring(Runnable action) {
    deferring.set(true);
    try {
      action.run();
    } finally {
      deferring.remove();
      // Whoever holds it meanwhile tells when it gives it back.
      if (lock.tryLock()) {
        release();
      }
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

  /**
   * Calls the listener after whatever may have changed something, in the thread that did it and
   * without the lock.
   *
   * @return ends that
   */
  public Uevents.Subscription onChange(Runnable listener) {
    changeListeners.add(listener);
    return () -> changeListeners.remove(listener);
  }

  /** Runs listeners that must not call back: a thread that does is refused the lock. */
  void tell(Runnable listeners) {
    if (!lock.isHeldByCurrentThread()) {
      listeners.run();
      return;
    }
    Thread before = telling;
    telling = Thread.currentThread();
    try {
      listeners.run();
    } finally {
      telling = before;
    }
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
    tell(() -> waitListeners.forEach(listener -> listener.accept(reason)));
    boolean interrupted = false;
    while (!condition.getAsBoolean()) {
      if (dirty && !changeListeners.isEmpty()) {
        stepOut();
      } else {
        interrupted |= pause(interrupted, whenInterrupted);
      }
      timers.runDue();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Others see what was changed before this thread waits; so their listeners must know. */
  private void stepOut() {
    int holds = lock.getHoldCount();
    dirty = false;
    for (int i = 0; i < holds; i++) {
      lock.unlock();
    }
    try {
      changeListeners.forEach(Runnable::run);
    } finally {
      for (int i = 0; i < holds; i++) {
        lock.lock();
      }
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
