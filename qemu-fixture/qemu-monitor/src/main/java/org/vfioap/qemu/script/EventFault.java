package org.vfioap.qemu.script;

import java.time.Duration;

/** What happens to an event on its way to the monitors. */
public sealed interface EventFault {

  /** It never arrives. */
  record Lose() implements EventFault {
    /** Returns what happens, in words. */
    @Override
    public String toString() {
      return "lost";
    }
  }

  /**
   * It arrives later; events and answers after it do not wait.
   *
   * @param delay how long
   */
  record Delay(Duration delay) implements EventFault {
    /** Returns what happens, in words. */
    @Override
    public String toString() {
      return delay.toMillis() + " ms later";
    }
  }
}
