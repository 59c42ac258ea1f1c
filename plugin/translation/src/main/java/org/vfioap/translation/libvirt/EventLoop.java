package org.vfioap.translation.libvirt;

/**
 * libvirt's own event loop, one for the process, in a thread that does not keep it alive. A timer
 * makes it look around, as it does not notice changes from other threads by itself.
 */
final class EventLoop {
  private static final int PERIOD_MILLIS = 50;

  /** Kept here, so that they live as long as libvirt may call them. */
  private static final LibvirtCalls.ErrorFunction SILENCE = (data, error) -> {};

  private static final LibvirtCalls.TimeoutFunction TICK = (timer, data) -> {};

  private EventLoop() {}

  /** The thread, started with the class. */
  private static final class Running {
    static final Thread THREAD = start();

    private static Thread start() {
      LibvirtCalls libvirt = LibvirtCalls.Lazy.LIBRARY;
      libvirt.virSetErrorFunc(null, SILENCE);
      libvirt.virEventRegisterDefaultImpl();
      libvirt.virEventAddTimeout(PERIOD_MILLIS, TICK, null, null);
      Thread thread = new Thread(() -> run(libvirt), "libvirt events");
      thread.setDaemon(true);
      thread.start();
      return thread;
    }

    private static void run(LibvirtCalls libvirt) {
      while (libvirt.virEventRunDefaultImpl() == 0) {
        Thread.onSpinWait();
      }
    }
  }

  /** Starts the loop; it must run before a connection is opened. */
  static void ensureRunning() {
    if (!Running.THREAD.isAlive()) {
      throw new IllegalStateException("libvirt's event loop has ended");
    }
  }
}
