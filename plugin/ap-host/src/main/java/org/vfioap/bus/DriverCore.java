package org.vfioap.bus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApqnSet;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.Uevent.Action;

/**
 * Binds devices of the AP bus to drivers and tells user space about it.
 *
 * <p>Source: Linux 6.1 drivers/base/{bus,dd,core}.c, and ap_bus.c for what the AP bus adds to probe
 * and remove.
 */
final class DriverCore {
  private final Kernel kernel;
  private final ApMasks masks;
  private final DriverOverrides overrides;
  private final BindingsWatch watch;
  private final List<ApDriver> drivers;
  private final ApqnSet present = ApqnSet.create();
  private final ApqnSet bound = ApqnSet.create();
  private final ApqnSet hostBound = ApqnSet.create();
  private boolean autoprobe = true;

  DriverCore(Kernel kernel, ApMasks masks, DriverOverrides overrides, BindingsWatch watch) {
    this.kernel = kernel;
    this.masks = masks;
    this.overrides = overrides;
    this.watch = watch;
    drivers = new CopyOnWriteArrayList<>(HostDriver.of(kernel.profile()));
  }

  List<ApDriver> drivers() {
    return List.copyOf(drivers);
  }

  Optional<ApDriver> driver(String name) {
    return drivers.stream().filter(driver -> driver.driverName().equals(name)).findFirst();
  }

  void register(ApDriver driver) {
    drivers.add(driver);
  }

  void unregister(ApDriver driver) {
    drivers.remove(driver);
  }

  /** {@code device_register}: the device appears, and the first driver that wants it gets it. */
  void add(ApDevice device) {
    if (device instanceof ApQueue queue) {
      present.add(queue.adapter(), queue.domain());
      watch.queueAdded();
    }
    send(Action.ADD, device);
    if (autoprobe) {
      attach(device);
    }
  }

  /** The answer of QCI changed: the drivers learn of it before the scan looks at devices. */
  void configurationChanged(ApConfig before, ApConfig now) {
    boolean grew =
        !now.adapters().minus(before.adapters()).isEmpty()
            || !now.domains().minus(before.domains()).isEmpty();
    if (grew) {
      watch.configurationGrew();
    }
    drivers.forEach(driver -> driver.onConfigChanged(before, now));
  }

  boolean autoprobe() {
    return autoprobe;
  }

  /** Sets {@code drivers_autoprobe}: whether a new device is offered to the drivers at once. */
  void autoprobe(boolean on) {
    autoprobe = on;
  }

  /** {@code device_unregister}: the driver gives the device up, then it disappears. */
  void remove(ApDevice device) {
    detach(device);
    if (device instanceof ApQueue queue) {
      present.remove(queue.adapter(), queue.domain());
      overrides.forget(queue);
      watch.queueRemoved();
    }
    device.unregister();
    send(Action.REMOVE, device);
  }

  /** Tries the drivers in the order of their registration. */
  void attach(ApDevice device) {
    for (ApDriver driver : drivers) {
      if (driver.matches(device) && probe(driver, device)) {
        return;
      }
    }
  }

  /** {@code ap_device_probe}: offers the device to the driver, if it may have it. */
  private boolean probe(ApDriver driver, ApDevice device) {
    if (device instanceof ApQueue queue && !mayHave(driver, queue)) {
      return false;
    }
    watch.probed();
    device.driver(driver);
    if (!driver.probe(device)) {
      device.driver(null);
      return false;
    }
    if (device instanceof ApQueue queue) {
      watch.queueBound();
      bound.add(queue.adapter(), queue.domain());
      if (driver.isDefault()) {
        hostBound.add(queue.adapter(), queue.domain());
      }
    }
    watch.bound();
    send(Action.BIND, device);
    return true;
  }

  /** An override names the only driver; without one the masks give the queue to one side. */
  private boolean mayHave(ApDriver driver, ApQueue queue) {
    return queue.override().isEmpty()
        ? masks.reserves(queue.adapter(), queue.domain()) == driver.isDefault()
        : queue.override().equals(driver.driverName());
  }

  /** See {@link ApBus#reserved}; of queues with an override only those that are bound count. */
  ApMask reserved(int adapter) {
    ApMask overridden = overrides.row(adapter).and(bound.row(adapter));
    return masks.reserved(adapter).minus(overridden).or(overridden.and(hostBound.row(adapter)));
  }

  void writeOverride(ApQueue queue, String text) {
    if (!queue.isRegistered()) {
      throw KernelRefusal.of(Errno.ENODEV, queue.name() + " is gone");
    }
    overrides.write(queue, text);
  }

  void detach(ApDevice device) {
    ApDriver driver = device.driver();
    if (driver == null) {
      return;
    }
    driver.remove(device);
    if (device instanceof ApQueue queue) {
      queue.zeroise();
      watch.queueUnbound();
      bound.remove(queue.adapter(), queue.domain());
      hostBound.remove(queue.adapter(), queue.domain());
    }
    device.driver(null);
    send(Action.UNBIND, device);
  }

  /** Writes to a driver's {@code bind}. */
  void bind(ApDriver driver, Optional<ApDevice> found, String name) {
    ApDevice device = found.filter(driver::matches).orElseThrow(() -> noDevice(driver, name));
    if (device.driver() != null) {
      throw KernelRefusal.of(
          Errno.EBUSY, device.name() + " is bound to " + device.driverName() + " already");
    }
    if (!probe(driver, device)) {
      throw KernelRefusal.of(
          Errno.ENODEV,
          device.name()
              + " is not for "
              + driver.driverName()
              + " (masks, driver_override or mode)");
    }
  }

  /** Writes to a driver's {@code unbind}. */
  void unbind(ApDriver driver, Optional<ApDevice> found, String name) {
    detach(found.filter(d -> d.driver() == driver).orElseThrow(() -> noDevice(driver, name)));
  }

  private static KernelRefusal noDevice(ApDriver driver, String name) {
    return KernelRefusal.of(
        Errno.ENODEV, "no device '" + name.strip() + "' for driver " + driver.driverName());
  }

  /**
   * {@code ap_bus_revise_bindings}: queues that are with the wrong side change sides, in the order
   * in which they were registered. A queue without a driver counts as not the host's.
   */
  void revise(Iterable<ApCard> cards) {
    List<ApQueue> misplaced = new ArrayList<>();
    for (ApCard card : cards) {
      int adapter = card.id().number();
      ApMask free = present.row(adapter).minus(overrides.row(adapter));
      ApMask reserved = masks.reserved(adapter).and(free);
      ApMask host = hostBound.row(adapter).and(free);
      ApMask wrong = reserved.minus(host).or(host.minus(reserved));
      for (int d = wrong.next(0); d >= 0; d = wrong.next(d + 1)) {
        misplaced.add(known(card.queue(d)));
      }
    }
    misplaced.sort(Comparator.comparingLong(ApQueue::order));
    for (ApQueue queue : misplaced) {
      detach(queue);
      attach(queue);
    }
  }

  private static ApQueue known(@org.jspecify.annotations.Nullable ApQueue queue) {
    return java.util.Objects.requireNonNull(queue);
  }

  void send(Action action, ApDevice device) {
    kernel.uevents().send(action, new DeviceNews(device, device.driverName(), List.of()));
  }

  void sendChange(ApDevice device, String change) {
    DeviceNews news = new DeviceNews(device, device.driverName(), List.of(change));
    kernel.uevents().send(Action.CHANGE, news);
  }
}
