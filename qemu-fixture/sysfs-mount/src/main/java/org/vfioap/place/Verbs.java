package org.vfioap.place;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What every machine can be told. */
final class Verbs {
  private Verbs() {}

  /** Returns these verbs and {@code more}. */
  static Map<String, Verb> with(Map<String, Verb> more) {
    Map<String, Verb> verbs = new TreeMap<>(more);
    verbs.put("hw", new HardwareVerb());
    verbs.put("dmesg", News::dmesg);
    verbs.put("events", News::events);
    verbs.put("guests", GuestList::tell);
    verbs.put("hardware", HardwareObject::tell);
    verbs.put("sysfs", new SysfsVerb());
    verbs.put("reboot", Verbs::reboot);
    return verbs;
  }

  private static void reboot(Place place, List<String> words, Verb.Answer answer)
      throws InterruptedException {
    if (!words.isEmpty()) {
      throw new IllegalArgumentException("'" + words.get(0) + "' is unknown; reboot stands alone");
    }
    place.reboot();
  }
}
