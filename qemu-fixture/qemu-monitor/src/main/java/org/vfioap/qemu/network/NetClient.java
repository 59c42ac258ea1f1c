package org.vfioap.qemu.network;

import java.util.Optional;
import org.vfioap.qemu.qdev.NetworkDevice;

/**
 * A back end or a device.
 *
 * @param name its identifier, or the name that QEMU makes for a device without one
 * @param type {@code user}, {@code tap}, …; {@code nic} for devices
 * @param description what {@code info network} tells about it
 * @param hub the hub that a port is on; {@link #NO_HUB} for others
 * @param peer the back end that it was made for; empty if none
 * @param network the back end that a device came to; it keeps it even when that is deleted
 */
record NetClient(
    String name,
    String type,
    String description,
    int hub,
    String peer,
    Optional<NetClient> network,
    Optional<NetworkDevice> device) {
  static final int NO_HUB = -1;

  static NetClient backend(String name, String type, String description, int hub, String peer) {
    return new NetClient(name, type, description, hub, peer, Optional.empty(), Optional.empty());
  }

  /** Makes the client of a device, before which there are {@code before} of its model. */
  static NetClient device(NetworkDevice device, long before) {
    String name = device.id().isEmpty() ? device.model() + "." + before : device.id();
    String description = "model=" + device.model() + ",macaddr=" + device.mac();
    return new NetClient(
        name, "nic", description, NO_HUB, device.netdev(), Optional.empty(), Optional.of(device));
  }

  NetClient on(NetClient backend) {
    return new NetClient(name, type, description, hub, peer, Optional.of(backend), device);
  }

  boolean isDevice() {
    return device.isPresent();
  }

  boolean isOf(NetworkDevice other) {
    return device.equals(Optional.of(other));
  }

  boolean isOfModel(String model) {
    return device.filter(each -> each.model().equals(model)).isPresent();
  }

  /** Returns its line in {@code info network}. */
  String line() {
    return name + ": index=0,type=" + type + "," + description + "\n";
  }
}
