package org.vfioap.qemu.qmp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonText;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.Device;

/**
 * What network devices let through while no driver has told them: everything. Source: net/net.c and
 * hw/net/virtio-net.c of QEMU 7.2.
 */
final class ReceiveFilters {
  private static final int NETWORKS = 4096;

  private ReceiveFilters() {}

  /**
   * Answers {@code query-rx-filter}.
   *
   * @param wanted the network device that is asked about; all if absent
   * @throws QemuError if there is no such network device
   */
  static JsonArray query(Guest guest, Optional<String> wanted) throws QemuError {
    List<Device> devices = new ArrayList<>(guest.board().devices());
    Collections.reverse(devices);
    Map<String, Integer> before = new HashMap<>();
    List<JsonValue> answer = new ArrayList<>();
    for (Device device : devices) {
      if (device.model().matches("virtio-net-(ccw|pci)")) {
        String name = device.id();
        int number = before.merge(device.model(), 1, Integer::sum) - 1;
        if (name.isEmpty()) {
          name = device.model() + "." + number;
        }
        if (wanted.isEmpty() || wanted.get().equals(name)) {
          answer.add(filter(name, device));
        }
      }
    }
    if (wanted.isPresent() && answer.isEmpty()) {
      throw QemuError.generic("invalid net client name: " + wanted.get());
    }
    return new JsonArray(answer);
  }

  private static JsonObject filter(String name, Device device) {
    return JsonObject.of("name", name)
        .with("promiscuous", true)
        .with("main-mac", mac(device))
        .with("unicast", "normal")
        .with("multicast", "normal")
        .with("vlan", "all")
        .with("vlan-table", networks())
        .with("unicast-table", JsonArray.EMPTY)
        .with("multicast-table", JsonArray.EMPTY)
        .with("unicast-overflow", false)
        .with("multicast-overflow", false)
        .with("broadcast-allowed", false);
  }

  private static JsonValue mac(Device device) {
    return device
        .object()
        .flatMap(object -> object.child("virtio-backend"))
        .flatMap(object -> object.property("mac"))
        .map(property -> new JsonText(property.raw()).parsed())
        .orElse(JsonString.of(""));
  }

  private static JsonArray networks() {
    List<JsonValue> numbers = new ArrayList<>();
    for (int network = NETWORKS - 1; network >= 0; network--) {
      numbers.add(JsonNumber.of(network));
    }
    return new JsonArray(numbers);
  }
}
