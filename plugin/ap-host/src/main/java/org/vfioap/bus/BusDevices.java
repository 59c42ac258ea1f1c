package org.vfioap.bus;

import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.NumberSyntax;
import org.vfioap.sysfs.DeviceFiles;
import org.vfioap.sysfs.SysfsLink;

/** What the files of cards and queues have in common. */
final class BusDevices {
  private BusDevices() {}

  static DeviceFiles.Identity identity(ApDevice device) {
    String driver = device.driver() == null ? "ap" : device.driverName();
    return new DeviceFiles.Identity(
        device.devpath(), "ap", device.properties(), driver + " " + device.name());
  }

  static @Nullable SysfsLink driverLink(ApDevice device, String up) {
    return device.driver() == null
        ? null
        : new SysfsLink(up + "bus/ap/drivers/" + device.driverName());
  }

  /** Returns {@code online}: wanted by the driver, and the device works. */
  static boolean isOnline(ApBus bus, ApDevice device) {
    return device.online() && works(bus, device);
  }

  /** Tells whether a device may be online: it is configured and, for newer kernels, not stopped. */
  static boolean works(ApBus bus, ApDevice device) {
    boolean stopped =
        device.checkstopped() && bus.kernel().profile().has(KernelRules.ONLINE_NEEDS_NO_CHECKSTOP);
    return device.configured() && !stopped;
  }

  /** Reads what {@code sscanf("%d")} must find to be 0 or 1. */
  static boolean flag(String text, String what) {
    int value = NumberSyntax.scanInt(text, 10).orElse(-1);
    if (value < 0 || value > 1) {
      throw KernelRefusal.of(Errno.EINVAL, what + " '" + text.strip() + "' is neither 0 nor 1");
    }
    return value == 1;
  }
}
