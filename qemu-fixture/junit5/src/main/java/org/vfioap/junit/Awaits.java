package org.vfioap.junit;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.Uevent;
import org.vfioap.qemu.client.QmpEvent;

/**
 * Waits for the machine, ten seconds unless {@link #within} says otherwise. The condition is looked
 * at after each change, in the waiting thread. What does not come is an {@link AssertionError} with
 * the state of the machine.
 */
public interface Awaits {
  /** Returns the same with another patience. */
  Awaits within(Duration atMost);

  /** Waits until a queue is bound to a driver. */
  void queue(String apqn);

  /** Waits until a guest can address a queue. */
  void queueIn(String apqn, FixtureGuest guest);

  /** Waits until a guest cannot address a queue. */
  void noQueueIn(String apqn, FixtureGuest guest);

  /** Waits for a uevent since the test began whose device is below /sys at a path of this glob. */
  Uevent uevent(Uevent.Action action, String devpathGlob);

  /** Waits for a line of the kernel log since the test began. */
  LogLine log(String containedText);

  /**
   * Waits for the next event of the only guest, on the test's own monitor.
   *
   * @throws IllegalStateException if there are several guests; use {@link FixtureGuest#await}
   */
  QmpEvent event(String name);

  /** Waits until a condition of one's own holds; it is looked at after changes of the machine. */
  void until(String what, BooleanSupplier condition);
}
