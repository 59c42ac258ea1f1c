package org.vfioap.zcrypt;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.vfioap.ap.ApMask;

/** A device node of zcrypt: who opens it may use what its masks have a bit for. */
final class ZcryptNode {
  /**
   * The first dynamic major number that is free when zcrypt takes one: 234 is the last before
   * fs/char_dev.c goes on at 511, which the groups of vfio have here.
   */
  static final int MAJOR = 234;

  /** The masks of a node, in the order of its files. */
  enum Mask {
    IOCTLMASK,
    APMASK,
    AQMASK,
    ADMASK
  }

  private final String name;
  private final int minor;
  private final Map<Mask, ApMask> masks = Collections.synchronizedMap(new EnumMap<>(Mask.class));
  private volatile boolean registered = true;

  ZcryptNode(String name, int minor) {
    this.name = name;
    this.minor = minor;
  }

  /**
   * Returns the name of its directory; what is a slash in the device's path is an exclamation mark.
   */
  String name() {
    return name;
  }

  int minor() {
    return minor;
  }

  String devpath() {
    return "/devices/virtual/zcrypt/" + name;
  }

  /** Returns what its {@code uevent} shows. */
  List<String> properties() {
    return List.of("MAJOR=" + MAJOR, "MINOR=" + minor, "DEVNAME=" + name.replace('!', '/'));
  }

  ApMask mask(Mask which) {
    return masks.getOrDefault(which, ApMask.NONE);
  }

  void mask(Mask which, ApMask value) {
    masks.put(which, value);
  }

  /** Tells whether it still exists; its open files answer ENODEV afterwards. */
  boolean isRegistered() {
    return registered;
  }

  void unregister() {
    registered = false;
  }
}
