package org.vfioap.fuse;

import java.util.HashMap;
import java.util.Map;

/** The requests that are being answered, so that the kernel can interrupt one that waits. */
final class InFlight {
  private final Map<Long, Thread> threads = new HashMap<>();

  synchronized void begin(long unique) {
    threads.put(unique, Thread.currentThread());
  }

  /** Ends a request; an interrupt that came too late must not hit the thread's next one. */
  synchronized void end(long unique) {
    threads.remove(unique);
    Thread.interrupted();
  }

  /** Interrupts a request; returns false if it is not being answered. */
  synchronized boolean interrupt(long unique) {
    Thread thread = threads.get(unique);
    if (thread != null) {
      thread.interrupt();
    }
    return thread != null;
  }

  synchronized void interruptAll() {
    threads.values().forEach(Thread::interrupt);
  }
}
