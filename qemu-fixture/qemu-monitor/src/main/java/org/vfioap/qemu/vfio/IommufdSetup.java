package org.vfioap.qemu.vfio;

import java.util.Optional;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Opens a device through an iommufd object, with QEMU's order of checks. Source: hw/vfio/iommufd.c
 * and backends/iommufd.c of QEMU 10.0 and 11.1, and measured.
 */
final class IommufdSetup {
  /** Numbers that QEMU's own files would have; nobody can tell. */
  private static final int DEVICE_FILE = 26;

  private static final int IOMMU_FILE = 27;
  private static final int ADDRESS_SPACE = 1;

  private final VfioGroup device;
  private final String name;

  private IommufdSetup(VfioGroup device, String name) {
    this.device = device;
    this.name = name;
  }

  static VfioGroup open(VfioHost host, VfioRequest request, String name) throws QemuError {
    if (request.descriptor().isPresent()) {
      // Whatever was passed, it is no device of the emulated host.
      throw QemuError.generic(
          bound(request.descriptor().getAsInt(), HostRefusal.errno(Errno.EBADF.number())));
    }
    VfioGroup device = openNode(host, request.sysfsdev().orElse(""));
    try {
      new IommufdSetup(device, name).run(request.memory());
    } catch (QemuError refused) {
      device.close();
      throw refused;
    }
    return device;
  }

  private static String bound(int file, HostRefusal refused) {
    return "error bind device fd=" + file + " to iommufd=" + IOMMU_FILE + ": " + refused.text();
  }

  private static VfioGroup openNode(VfioHost host, String sysfsdev) throws QemuError {
    String folder = sysfsdev + "/vfio-dev";
    Optional<String> node;
    try {
      node = host.node(sysfsdev);
    } catch (HostRefusal refused) {
      throw in(folder, "couldn't open directory " + folder + ": " + refused.text());
    }
    if (node.isEmpty()) {
      throw in(folder, "failed to find vfio-dev/vfioX/dev");
    }
    try {
      return host.openNode(node.get());
    } catch (HostRefusal refused) {
      throw in(folder, "Failed to open /dev/vfio/devices/" + node.get());
    }
  }

  private static QemuError in(String folder, String text) {
    return QemuError.generic("vfio " + folder + ": " + text);
  }

  private void run(long memory) throws QemuError {
    step(VfioStep.OPEN_IOMMU, VfioAp.cannotOpen("/dev/iommu"));
    step(
        VfioStep.BIND_IOMMUFD,
        "error bind device fd=" + DEVICE_FILE + " to iommufd=" + IOMMU_FILE + ": ");
    step(VfioStep.IOAS_ALLOC, "Failed to allocate ioas: ");
    step(
        VfioStep.ATTACH_IOMMUFD,
        "[iommufd="
            + IOMMU_FILE
            + "] error attach "
            + name
            + (" (" + DEVICE_FILE + ") ")
            + QemuRules.PASID.now()
            + ("to id=" + ADDRESS_SPACE + ": "));
    try {
      device.perform(VfioStep.IOAS_MAP, name);
    } catch (HostRefusal refused) {
      throw VfioAp.unmapped(memory, refused);
    }
    step(VfioStep.DEVICE_INFO, "error getting device info: ");
  }

  private void step(VfioStep step, String text) throws QemuError {
    try {
      device.perform(step, name);
    } catch (HostRefusal refused) {
      throw QemuError.generic(text + refused.text());
    }
  }
}
