package org.vfioap.qemu.block;

import java.util.ArrayList;
import java.util.List;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The locks of a process. While a guest is elsewhere, before it comes or after it has left, its
 * images are not locked. Source: block.c (bdrv_activate_all, bdrv_inactivate_all) of QEMU 7.2.
 */
final class ImageLocks {
  private final List<ImageLock> all = new ArrayList<>();
  private boolean active = true;

  List<ImageLock> all() {
    return all;
  }

  boolean areActive() {
    return active;
  }

  /**
   * Locks what the users of the images need.
   *
   * @throws QemuError if somebody else is in the way
   */
  void activate() throws QemuError {
    if (active) {
      return;
    }
    active = true;
    try {
      for (ImageLock lock : all) {
        lock.apply();
      }
    } catch (QemuError refused) {
      inactivate();
      throw refused;
    }
  }

  /** Lets go of all. */
  void inactivate() {
    active = false;
    all.forEach(ImageLock::release);
  }
}
