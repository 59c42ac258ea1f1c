package org.vfioap.qemu.vfio;

import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;

/** How newer QEMUs name a vfio device, before anything is opened. Source: hw/vfio/device.c. */
final class VfioName {
  private VfioName() {}

  static String of(VfioHost host, VfioRequest request) throws QemuError {
    if (request.descriptor().isPresent()) {
      return ofDescriptor(request, request.descriptor().getAsInt());
    }
    if (request.sysfsdev().isEmpty()) {
      throw absent("(null)", HostRefusal.errno(Errno.EFAULT.number()));
    }
    String path = request.sysfsdev().get();
    try {
      host.look(path);
    } catch (HostRefusal refused) {
      throw absent(path, refused);
    }
    return VfioAp.lastPart(path);
  }

  private static QemuError absent(String path, HostRefusal refused) {
    return QemuError.generic("vfio " + path + ": no such host device: " + refused.text());
  }

  private static String ofDescriptor(VfioRequest request, int number) throws QemuError {
    if (!request.iommufd()) {
      throw QemuError.generic("Use FD passing only with iommufd backend");
    }
    if (!QemuRules.FD_BY_ID.now()) {
      return "VFIO_FD" + number;
    }
    if (request.id().isEmpty()) {
      throw QemuError.generic("vfio device with fd=" + number + " needs an id property");
    }
    return request.id();
  }
}
