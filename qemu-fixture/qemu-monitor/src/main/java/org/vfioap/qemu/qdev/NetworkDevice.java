package org.vfioap.qemu.qdev;

import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonText;

/**
 * A device on a network.
 *
 * @param device the device itself
 * @param mac its address
 * @param netdev the back end that it was given; empty if none
 */
public record NetworkDevice(Device device, String mac, String netdev) {

  static NetworkDevice of(Device device) {
    return new NetworkDevice(device, text(device, "mac"), text(device, "netdev"));
  }

  /** Reads a property of the device behind the transport. */
  private static String text(Device device, String name) {
    return device
        .object()
        .flatMap(object -> object.child("virtio-backend"))
        .flatMap(object -> object.property(name))
        .filter(property -> property.raw().startsWith("\""))
        .map(property -> ((JsonString) new JsonText(property.raw()).parsed()).text())
        .orElse("");
  }

  /** Returns its identifier; empty if it has none. */
  public String id() {
    return device.id();
  }

  /** Returns its model. */
  public String model() {
    return device.model();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkDevice each && each.device == device;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(device);
  }
}
