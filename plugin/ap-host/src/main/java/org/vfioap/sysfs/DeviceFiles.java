package org.vfioap.sysfs;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.Mutex;
import org.vfioap.kernel.SyntheticUevent;
import org.vfioap.kernel.Uevent;

/**
 * What the driver core gives every device: {@code uevent} and {@code power/}.
 *
 * <p>Source: Linux 6.1 drivers/base/core.c and drivers/base/power/sysfs.c.
 */
public final class DeviceFiles {
  private DeviceFiles() {}

  /**
   * What user space is told of a device.
   *
   * @param devpath its directory below /sys
   * @param subsystem its bus or class; empty if it has none, and then it sends no events
   * @param properties what {@code uevent} shows
   * @param logName driver and device, as the kernel log names it
   */
  public record Identity(
      String devpath, String subsystem, List<String> properties, String logName) {}

  /** Returns the {@code uevent} file of a kind of device. */
  public static <D> Attribute<D> uevent(Kernel kernel, Function<D, Identity> identity) {
    return new Attribute<>(
        "uevent",
        0644,
        device -> lines(identity.apply(device).properties()),
        (device, text) -> send(kernel, identity.apply(device), text),
        false);
  }

  private static String lines(List<String> properties) {
    return properties.isEmpty() ? "" : String.join("\n", properties) + "\n";
  }

  private static void send(Kernel kernel, Identity device, String text) {
    try {
      SyntheticUevent event = SyntheticUevent.parse(text);
      List<String> properties = event.withProperties(device.properties());
      if (!device.subsystem().isEmpty()) {
        kernel.uevents().send(event.action(), device.devpath(), device.subsystem(), properties);
      }
    } catch (KernelRefusal refusal) {
      kernel
          .log()
          .add(
              LogLine.Level.ERR,
              device.logName(),
              "uevent: failed to send synthetic uevent: -" + refusal.errno().number());
      throw refusal;
    }
  }

  /** Returns the {@code uevent} file of a driver (0200). */
  public static <D> Attribute<D> driverUevent(
      Kernel kernel, Function<D, String> path, String subsystem) {
    return Attribute.command(
        "uevent",
        (driver, text) -> {
          SyntheticUevent event = SyntheticUevent.parse(text);
          Uevent.Action action = event.action();
          kernel
              .uevents()
              .send(action, path.apply(driver), subsystem, event.withProperties(List.of()));
        });
  }

  /** Returns the {@code power/} directory of a device without power management. */
  public static SysfsDirectory power(Mutex lock) {
    AttributeTable<String> table =
        AttributeTable.of(
            lock,
            name -> true,
            List.of(
                Attribute.setting("control", name -> "auto", DeviceFiles::checkControl),
                new Attribute<>(
                    "autosuspend_delay_ms",
                    0644,
                    DeviceFiles::noDelay,
                    DeviceFiles::noDelay,
                    false),
                Attribute.line("runtime_active_time", name -> 0),
                Attribute.line("runtime_status", name -> "unsupported"),
                Attribute.line("runtime_suspended_time", name -> 0)));
    return Entries.create().withAll(table, "power");
  }

  private static void checkControl(String name, String text) {
    String word = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    if (!word.equals("auto") && !word.equals("on")) {
      throw KernelRefusal.of(
          Errno.EINVAL, String.format(Locale.ROOT, "%s '%s' is neither auto nor on", name, word));
    }
  }

  private static String noDelay(String name) {
    throw KernelRefusal.of(Errno.EIO, name + ": the device does not use autosuspend");
  }

  private static void noDelay(String name, String text) {
    noDelay(name);
  }
}
