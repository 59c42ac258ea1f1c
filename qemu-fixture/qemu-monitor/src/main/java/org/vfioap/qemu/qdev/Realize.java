package org.vfioap.qemu.qdev;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.recording.Recording;

/** Why a device whose properties are set still cannot come to life: recorded, and by rule. */
final class Realize {
  private static final Set<String> EARLIER =
      Set.of("No '", "Bus '", "Device '", "Parameter 'driver'");
  private static final Map<String, String> SINGLE = Map.of("virtio-balloon", "balloon");

  private Realize() {}

  /** Checks the values given and picks those that the device picks itself. */
  static void check(Candidate device) throws QemuError {
    HostLack.check(device);
    recorded(device);
    for (Map.Entry<String, String> single : SINGLE.entrySet()) {
      checkSingle(device, single.getKey(), single.getValue());
    }
    RealizeLimits.check(device);
    switch (device.bus().type()) {
      case SerialPorts.BUS -> SerialPorts.settle(device);
      case ScsiAddress.BUS -> ScsiAddress.settle(device);
      default -> {}
    }
    if (device.isA("virtio-net")) {
      device.settle("mac", JsonString.of(MacAddress.choose(device)));
    }
    DiskUse.settle(device);
  }

  private static void checkSingle(Candidate device, String family, String name) throws QemuError {
    boolean another =
        device.board().devices().stream().anyMatch(each -> each.model().equals(family + "-device"));
    if (device.isA(family) && another) {
      throw QemuError.generic("Only one " + name + " device is supported");
    }
  }

  /** A refusal was recorded without properties; some models only need one of them. */
  private static void recorded(Candidate device) throws QemuError {
    Recording devices = Recording.named("devices");
    Optional<String> refusal = devices.find(device.model() + " hot");
    boolean early = refusal.isPresent() && EARLIER.stream().anyMatch(refusal.get()::startsWith);
    boolean lacks =
        devices
            .find(device.model() + " needs")
            .map(property -> isUnset(device, property.strip()))
            .orElse(devices.find(device.model()).isEmpty());
    if (refusal.isPresent() && !early && lacks) {
      throw QemuError.generic(refusal.get());
    }
  }

  private static boolean isUnset(Candidate device, String property) {
    return device.text(property).isEmpty() && device.number(property).orElse(0) == 0;
  }
}
