package org.vfioap.lab;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vfioap.kernel.KernelRefusal;

/** Something that runs in a thread of its own, such as a write that may block. */
public final class Task {
  private static final int PATIENCE_SECONDS = 20;

  private final CompletableFuture<String> answer = new CompletableFuture<>();
  private final Thread thread;

  private static final Set<Thread.State> WAITING =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private Task(Runnable action) {
    thread = new Thread(() -> run(action), "task");
    thread.setDaemon(true);
  }

  /** Starts the action. */
  public static Task start(Runnable action) {
    Task task = new Task(action);
    task.thread.start();
    return task;
  }

  private void run(Runnable action) {
    try {
      action.run();
      answer.complete("done");
    } catch (KernelRefusal refusal) {
      answer.complete(refusal.errno().name());
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }

  /** Returns once the thread waits for a lock or a condition. */
  public Task awaitBlocked() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!WAITING.contains(thread.getState())) {
      if (!thread.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("the task does not wait; it is " + thread.getState());
      }
      Thread.onSpinWait();
    }
    return this;
  }

  /** Interrupts the thread. */
  public Task interrupt() {
    thread.interrupt();
    return this;
  }

  /** Returns "done", or the name of the error that the kernel answered. */
  public String result() {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no result; the task is " + thread.getState(), e);
    }
  }
}
