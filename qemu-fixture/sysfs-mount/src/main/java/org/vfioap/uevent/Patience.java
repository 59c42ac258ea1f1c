package org.vfioap.uevent;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Waits for receivers of events until they have read them, but never long for one that does not
 * read.
 *
 * <p>Whoever has read the last of several events has dealt with those before it: libvirt 9.0 takes
 * one after another (node_device_udev.c, udevEventHandleThread), and all the while asks the machine
 * about the device.
 */
final class Patience {
  /** Looks without any change or question, after which whoever is behind counts as deaf. */
  static final int IDLE_LOOKS = 400;

  /** Looks in all. */
  static final int LOOKS = 4 * IDLE_LOOKS;

  private final Supplier<Map<String, Long>> unread;
  private final Runnable pause;
  private final Set<String> deaf = ConcurrentHashMap.newKeySet();

  /**
   * Makes it.
   *
   * @param unread says how much each receiver that is behind has not read
   * @param pause runs between two looks
   */
  Patience(Supplier<Map<String, Long>> unread, Runnable pause) {
    this.unread = unread;
    this.pause = pause;
  }

  /** An event is about to be sent; whoever has read all before it is not deaf. */
  void expect() {
    if (!deaf.isEmpty()) {
      deaf.retainAll(unread.get().keySet());
    }
  }

  /**
   * Waits until what was sent is read.
   *
   * @param beginsToWait runs before it waits, so that receivers can ask the machine
   * @param answered counts their questions: who asks is busy with what he has read
   */
  void await(Runnable beginsToWait, LongSupplier answered) {
    Map<String, Long> behind = unread.get();
    if (deaf.containsAll(behind.keySet())) {
      return;
    }
    beginsToWait.run();
    long known = answered.getAsLong();
    int idle = 0;
    for (int look = 1; look < LOOKS && !deaf.containsAll(behind.keySet()); look++) {
      pause.run();
      Map<String, Long> now = unread.get();
      boolean same = now.equals(behind) && answered.getAsLong() == known;
      idle = same ? idle + 1 : 0;
      behind = now;
      known = answered.getAsLong();
      if (idle == IDLE_LOOKS) {
        deaf.addAll(behind.keySet());
      }
    }
  }
}
