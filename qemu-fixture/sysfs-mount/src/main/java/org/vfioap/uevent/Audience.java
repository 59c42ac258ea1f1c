package org.vfioap.uevent;

import java.util.ArrayList;
import java.util.List;
import org.vfioap.kernel.Uevent;

/** Who receives the uevents. Each event goes to one of them, or programs would see it twice. */
enum Audience {
  /**
   * Programs that listen to udev (libudev, libvirt), as if udevd had processed the event. For
   * places without a udevd.
   */
  UDEV(2) {
    @Override
    byte[] message(Uevent event) {
      return UdevMessage.of(event);
    }
  },
  /**
   * Programs that listen to the kernel: a udevd, which then tells the others. The kernel of this
   * computer passes the event on under a number of its own, in the sender's network namespace.
   */
  KERNEL(0) {
    @Override
    byte[] message(Uevent event) {
      return KernelMessage.of(event);
    }
  };

  private final int groups;

  Audience(int groups) {
    this.groups = groups;
  }

  /** Returns the multicast groups that the message is sent to; none is the kernel itself. */
  int groups() {
    return groups;
  }

  abstract byte[] message(Uevent event);

  /** Returns all strings of an event but its number. */
  static List<String> strings(Uevent event) {
    List<String> all = new ArrayList<>();
    all.add("ACTION=" + event.action().label());
    all.add("DEVPATH=" + event.devpath());
    all.add("SUBSYSTEM=" + event.subsystem());
    all.addAll(event.properties());
    return all;
  }
}
