package org.vfioap.qemu.qdev;

import java.util.Optional;
import org.vfioap.qemu.qapi.QemuError;

/** Finds the bus for {@code bus=}. Source: softmmu/qdev-monitor.c (qbus_find) of QEMU 7.2. */
final class BusPath {
  private final Bus root;
  private final DeviceModels models;
  private final TypeCheck isA;

  /** Says whether a bus's type is another. */
  interface TypeCheck {
    boolean test(String type, String ancestor);
  }

  BusPath(Bus root, DeviceModels models, TypeCheck isA) {
    this.root = root;
    this.models = models;
    this.isA = isA;
  }

  Bus find(String path) throws QemuError {
    String[] elements = path.split("/+", -1);
    int next = 1;
    Bus bus = root;
    if (!path.startsWith("/")) {
      bus = byName(elements[0]).orElseThrow(() -> notFound(elements[0]));
    }
    while (next < elements.length && !elements[next].isEmpty()) {
      Device device = device(bus, elements[next]);
      boolean last = next + 1 >= elements.length || elements[next + 1].isEmpty();
      bus = last ? onlyBus(device) : childBus(device, elements[next + 1]);
      next += 2;
    }
    if (bus.isFull()) {
      throw QemuError.generic("Bus '" + path + "' is full");
    }
    return bus;
  }

  private Device device(Bus bus, String element) throws QemuError {
    return bus.find(element, models).orElseThrow(() -> QemuError.deviceNotFound(element));
  }

  private static Bus onlyBus(Device device) throws QemuError {
    if (device.buses().size() == 1) {
      return device.buses().get(0);
    }
    String what = device.buses().isEmpty() ? "has no child bus" : "has multiple child buses";
    throw QemuError.generic("Device '" + name(device) + "' " + what);
  }

  private static String name(Device device) {
    return device.id().isEmpty() ? device.model() : device.id();
  }

  private static Bus childBus(Device device, String name) throws QemuError {
    return device.buses().stream()
        .filter(bus -> bus.name().equals(name))
        .findFirst()
        .orElseThrow(() -> notFound(name));
  }

  private static QemuError notFound(String name) {
    return QemuError.generic("Bus '" + name + "' not found");
  }

  private Optional<Bus> byName(String name) {
    return search(root, name, "");
  }

  /** Returns the first bus of the type that has room, else one that is full. */
  Optional<Bus> byType(String type) {
    return search(root, "", type);
  }

  private Optional<Bus> search(Bus bus, String name, String type) {
    boolean match =
        (name.isEmpty() || bus.name().equals(name))
            && (type.isEmpty() || isA.test(bus.type(), type));
    if (match && !bus.isFull() && !(name.isEmpty() && type.isEmpty())) {
      return Optional.of(bus);
    }
    Optional<Bus> pick =
        match && !(name.isEmpty() && type.isEmpty()) ? Optional.of(bus) : Optional.empty();
    for (Device device : bus.devices()) {
      for (Bus below : device.buses()) {
        Optional<Bus> found = search(below, name, type);
        if (found.isPresent() && !found.get().isFull()) {
          return found;
        }
        pick = pick.isPresent() ? pick : found;
      }
    }
    return pick;
  }
}
