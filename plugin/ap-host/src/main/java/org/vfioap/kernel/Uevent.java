package org.vfioap.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A kernel object event as user space receives it.
 *
 * @param seqnum counts from 1 at boot
 * @param action what happened
 * @param subject what it happened to
 */
public record Uevent(long seqnum, Action action, Subject subject) {

  /**
   * What an event is about, as it was when the event was sent.
   *
   * <p>Most events are never read, so the strings are made when somebody does, from values that
   * stay as they were.
   */
  public interface Subject {
    /** Returns the device's directory below /sys, with a leading slash. */
    String devpath();

    /** Returns the bus or class. */
    String subsystem();

    /** Returns further {@code KEY=value} strings in the kernel's order. */
    List<String> properties();
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

  /** Returns the device's directory below /sys, with a leading slash. */
  public String devpath() {
    return subject.devpath();
  }

  /** Returns the bus or class. */
  public String subsystem() {
    return subject.subsystem();
  }

  /** Returns further {@code KEY=value} strings in the kernel's order. */
  public List<String> properties() {
    return subject.properties();
  }

  /**
   * Returns all strings of the message in order: ACTION, DEVPATH, SUBSYSTEM, properties, SEQNUM.
   */
  public List<String> environment() {
    List<String> all = new ArrayList<>();
    all.add("ACTION=" + action.label());
    all.add("DEVPATH=" + devpath());
    all.add("SUBSYSTEM=" + subsystem());
    all.addAll(properties());
    all.add("SEQNUM=" + seqnum);
    return List.copyOf(all);
  }

  /** Returns the head of the message, {@code add@/devices/ap/card05}. */
  @Override
  public String toString() {
    return action.label() + "@" + devpath();
  }
}
