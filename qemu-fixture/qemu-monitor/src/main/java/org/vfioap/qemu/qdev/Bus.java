package org.vfioap.qemu.qdev;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A bus and the devices on it, the latest first. Source: hw/core/qdev.c of QEMU 7.2. */
public final class Bus {
  private final String name;
  private final String type;
  private final List<Device> devices = new ArrayList<>();
  private int nextChild;

  Bus(String name, String type) {
    this.name = name;
    this.type = type;
  }

  /** Returns what stands for the bus of a device that needs none. */
  static Bus none() {
    return new Bus("", "");
  }

  /** Returns the name that {@code bus=} takes. */
  public String name() {
    return name;
  }

  /** Returns the type's name. */
  public String type() {
    return type;
  }

  /** Returns the devices, the latest first. */
  public List<Device> devices() {
    return devices;
  }

  /**
   * Says whether no further device fits. The AP bus and those behind virtio transports take one.
   */
  boolean isFull() {
    boolean single = type.equals("ap-bus") || type.matches("virtio-(ccw|pci)-bus");
    return single && !devices.isEmpty();
  }

  /** Returns the number of the next {@code child[N]} link. */
  int nextNumber() {
    return nextChild;
  }

  /** Takes the number of the next {@code child[N]} link; it is lost if the device fails. */
  int takeNumber() {
    return nextChild++;
  }

  /** Puts {@code device} on the bus with the number of its {@code child[N]} link. */
  void attach(Device device, int number) {
    devices.add(0, device);
    device.placeOn(this, number);
  }

  /** Returns the first device called {@code element}: by identifier, else by model. */
  Optional<Device> find(String element, DeviceModels models) {
    for (Device device : devices) {
      if (device.id().equals(element)) {
        return Optional.of(device);
      }
    }
    return devices.stream()
        .filter(d -> d.model().equals(element) || models.aliasOf(d.model()).equals(element))
        .findFirst();
  }
}
