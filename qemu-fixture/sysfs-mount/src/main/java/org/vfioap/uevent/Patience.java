package org.vfioap.uevent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Waits for receivers of events until they have read them and looked at the machine, but never long
 * for one that does neither.
 *
 * <p>Whoever has read the last of several events has dealt with those before it: libvirt 9.0 takes
 * one after another (node_device_udev.c, udevEventHandleThread), and all the while asks the machine
 * about the device. libvirt 11.3 reads all at once and lets another thread ask; it knows the device
 * when that thread has asked its last question.
 */
final class Patience {
  /** Looks without any change or question, after which whoever is behind counts as deaf. */
  static final int IDLE_LOOKS = 400;

  /** Looks without a question, after which whoever has asked has asked the last one. */
  static final int QUIET_LOOKS = 40;

  /**
   * How often receivers are waited for that read and ask nothing, until they count as incurious.
   */
  static final int VAIN_WAITS = 3;

  /** Looks in all. */
  static final int LOOKS = 4 * IDLE_LOOKS;

  private final Supplier<Map<String, Long>> unread;
  private final Runnable pause;
  private final Set<String> deaf = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> vainWaits = new ConcurrentHashMap<>();

  /**
   * Makes it.
   *
   * @param unread says how much each receiver has not read
   * @param pause runs between two looks
   */
  Patience(Supplier<Map<String, Long>> unread, Runnable pause) {
    this.unread = unread;
    this.pause = pause;
  }

  /** An event is about to be sent; whoever has read all before it is not deaf. */
  void expect() {
    if (!deaf.isEmpty()) {
      deaf.retainAll(behind().keySet());
    }
  }

  private Map<String, Long> behind() {
    Map<String, Long> all = new HashMap<>(unread.get());
    all.values().removeIf(bytes -> bytes == 0);
    return all;
  }

  /**
   * Waits until what was sent is read, and those who read it have looked.
   *
   * @param beginsToWait runs before it waits, so that receivers can ask the machine
   * @param answered counts their questions: who asks is busy with what he has read
   */
  void await(Runnable beginsToWait, LongSupplier answered) {
    Set<String> curious = curious();
    if (curious.isEmpty() && deaf.containsAll(behind().keySet())) {
      return;
    }
    beginsToWait.run();
    long before = answered.getAsLong();
    int looks = awaitReading(answered);
    curious.removeAll(deaf);
    if (!curious.isEmpty()) {
      awaitQuestions(curious, before, answered, LOOKS - looks);
    }
  }

  /** Returns who may ask once he has read. */
  private Set<String> curious() {
    Set<String> all = new HashSet<>(unread.get().keySet());
    vainWaits.keySet().retainAll(all);
    return all.stream()
        .filter(each -> vainWaits.getOrDefault(each, 0) < VAIN_WAITS && !deaf.contains(each))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private int awaitReading(LongSupplier answered) {
    Map<String, Long> behind = behind();
    long known = answered.getAsLong();
    int idle = 0;
    int look = 1;
    for (; look < LOOKS && !deaf.containsAll(behind.keySet()); look++) {
      pause.run();
      Map<String, Long> now = behind();
      boolean same = now.equals(behind) && answered.getAsLong() == known;
      idle = same ? idle + 1 : 0;
      behind = now;
      known = answered.getAsLong();
      if (idle == IDLE_LOOKS) {
        deaf.addAll(behind.keySet());
      }
    }
    return look;
  }

  /** Whoever it was that asked: questions do not say which receiver they come from. */
  private void awaitQuestions(
      Set<String> curious, long before, LongSupplier answered, int mostLooks) {
    long known = answered.getAsLong();
    int idle = 0;
    for (int look = 1; look < mostLooks && idle < patience(known, before); look++) {
      pause.run();
      long now = answered.getAsLong();
      idle = now == known ? idle + 1 : 0;
      known = now;
    }
    if (known == before) {
      curious.forEach(each -> vainWaits.merge(each, 1, Integer::sum));
    } else {
      curious.forEach(vainWaits::remove);
    }
  }

  private static int patience(long known, long before) {
    return known == before ? IDLE_LOOKS : QUIET_LOOKS;
  }
}
