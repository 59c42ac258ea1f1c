package org.vfioap.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A kernel object event as user space receives it.
 *
 * @param seqnum counts from 1 at boot
 * @param action what happened
 * @param devpath the device's directory below /sys, with a leading slash
 * @param subsystem the bus or class
 * @param properties further {@code KEY=value} strings in the kernel's order
 */
public record Uevent(
    long seqnum, Action action, String devpath, String subsystem, List<String> properties) {

  /** Copies the properties. */
  public Uevent {
    properties = List.copyOf(properties);
  }

  /** The actions of lib/kobject_uevent.c, spelled in upper case. */
  public enum Action {
    ADD,
    REMOVE,
    CHANGE,
    MOVE,
    ONLINE,
    OFFLINE,
    BIND,
    UNBIND;

    /** Returns the spelling on the wire: lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Returns all strings of the message in order: ACTION, DEVPATH, SUBSYSTEM, properties, SEQNUM.
   */
  public List<String> environment() {
    List<String> all = new ArrayList<>();
    all.add("ACTION=" + action.label());
    all.add("DEVPATH=" + devpath);
    all.add("SUBSYSTEM=" + subsystem);
    all.addAll(properties);
    all.add("SEQNUM=" + seqnum);
    return List.copyOf(all);
  }

  /** Returns the head of the message, {@code add@/devices/ap/card05}. */
  @Override
  public String toString() {
    return action.label() + "@" + devpath;
  }
}
