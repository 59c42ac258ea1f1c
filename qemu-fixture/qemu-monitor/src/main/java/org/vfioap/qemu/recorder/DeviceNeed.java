package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;

/** What a device refuses to come to life without: another device to sit on, or a property. */
enum DeviceNeed {
  SERIAL_BUS("No 'virtio-serial-bus' bus", "", "virtio-serial-ccw"),
  SCSI_BUS("No 'SCSI' bus", "", "virtio-scsi-ccw"),
  DRIVE("drive property not set", "drive", "b0"),
  CHASSIS("Bridge chassis not specified", "chassis_nr", "1"),
  TARGET("target must be defined", "target", "t0"),
  CRYPTO("'cryptodev' parameter expects", "cryptodev", "b0");

  /** Options that make the back ends which the properties name. */
  static final String[] BACKENDS = {
    "-blockdev", "driver=null-co,node-name=b0", "-object", "cryptodev-backend-builtin,id=b0"
  };

  private final String refusal;
  private final String property;
  private final String remedy;

  DeviceNeed(String refusal, String property, String remedy) {
    this.refusal = refusal;
    this.property = property;
    this.remedy = remedy;
  }

  /** Returns the need that {@code text} tells of, if it can be met. */
  static Optional<DeviceNeed> behind(String text) {
    return Arrays.stream(values()).filter(each -> text.startsWith(each.refusal)).findFirst();
  }

  /** Returns the need behind another refusal; none if it is the same again. */
  Optional<DeviceNeed> next(String reply) {
    return behind(TreeRecorder.description(reply)).filter(each -> each != this);
  }

  /** Returns the property that is missing; empty if it is a device. */
  String property() {
    return property;
  }

  /** Plugs the other device, or gives the property. */
  void meet(LiveQemu qemu, JsonObject device) throws IOException {
    if (property.isEmpty()) {
      qemu.ask("device_add", JsonObject.of("id", "parent").with("driver", remedy));
    } else {
      device.with(property, remedy);
    }
  }
}
