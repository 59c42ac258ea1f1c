package org.vfioap.qemu.qdev;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Devices that stand for something of the host which is not there: what QEMU says once it looks for
 * it. Source: measured with QEMU 7.2 on a host without vhost and without such devices.
 */
final class HostLack {
  private static final String NO_FILE = ": " + Errno.ENOENT.text();

  /** The property that names the host's part, by the family of models, and what follows. */
  private static final Map<String, Lack> LACKS =
      Map.of(
          "vfio-ccw", new Lack("sysfsdev", "Host device '", "' not found" + NO_FILE),
          "virtio-9p", new Lack("fsdev", "9pfs device couldn't find fsdev with the id = ", ""));

  private static final long SMALLEST_CID = 3;
  private static final long LARGEST_CID = 0xFFFFFFFFL;

  private HostLack() {}

  static void check(Candidate device) throws QemuError {
    for (Map.Entry<String, Lack> lack : LACKS.entrySet()) {
      Optional<String> named = device.text(lack.getValue().property());
      if (device.isA(lack.getKey()) && named.isPresent()) {
        throw QemuError.generic(lack.getValue().before() + named.get() + lack.getValue().after());
      }
    }
    if (device.isA("vfio-ccw")) {
      throw QemuError.generic("No host device provided")
          .withHint("Use -device vfio-ccw,sysfsdev=PATH_TO_DEVICE\n");
    }
    if (device.isA("vfio-pci")) {
      checkPci(device);
    }
    if (device.isA("vhost-vsock")) {
      checkVsock(device);
    }
    if (device.model().matches("scsi-(block|generic)") && device.text("drive").isPresent()) {
      throw QemuError.generic("cannot get SG_IO version number: Operation not supported");
    }
    if (device.model().equals("loader") && device.number("data-len").isEmpty()) {
      String file =
          device.text("file").map(name -> "Cannot load specified image " + name).orElse("");
      throw QemuError.generic(file.isEmpty() ? "please include valid arguments" : file);
    }
    boolean scsi = device.isA("vhost-scsi") && device.text("wwpn").isPresent();
    if (scsi) {
      throw QemuError.generic("vhost-scsi: open vhost char device failed" + NO_FILE);
    }
  }

  private static void checkPci(Candidate device) throws QemuError {
    Optional<String> named = device.text("sysfsdev").or(() -> device.text("host"));
    if (named.isPresent()) {
      throw QemuError.generic("vfio " + named.get() + ": no such host device" + NO_FILE);
    }
  }

  private static void checkVsock(Candidate device) throws QemuError {
    long cid = device.number("guest-cid").orElse(0);
    boolean wide = device.values().get("guest-cid") instanceof JsonNumber.Unsigned;
    if (wide || cid > LARGEST_CID) {
      throw QemuError.generic("guest-cid property must be a 32-bit number");
    }
    if (cid >= SMALLEST_CID) {
      throw QemuError.generic("vhost-vsock: failed to open vhost device" + NO_FILE);
    }
  }

  private record Lack(String property, String before, String after) {}
}
