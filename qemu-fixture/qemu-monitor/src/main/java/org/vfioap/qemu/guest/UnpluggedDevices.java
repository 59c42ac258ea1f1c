package org.vfioap.qemu.guest;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What is left to do for devices that are unplugged but still referred to. Source: the callbacks of
 * util/rcu.c of QEMU 7.2, which wait for a moment or for somebody who drains them.
 */
final class UnpluggedDevices {
  private final GuestEnvironment environment;
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  UnpluggedDevices(GuestEnvironment environment) {
    this.environment = environment;
  }

  /** Runs {@code action} after {@code delay}, or when the others are drained before. */
  void finish(Duration delay, Runnable action) {
    waiting.add(action);
    environment.after(
        delay,
        () -> {
          if (waiting.remove(action)) {
            action.run();
          }
        });
  }

  /** Does at once what is left to do, the oldest first. */
  void drain() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }
}
