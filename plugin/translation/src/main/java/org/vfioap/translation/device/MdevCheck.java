package org.vfioap.translation.device;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.translation.files.HostFiles;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * What libvirt looks at on the host before a guest gets a mediated device, in its order.
 *
 * <p>Source: src/qemu/qemu_hostdev.c, src/hypervisor/virhostdev.c and src/util/virmdev.c of libvirt
 * 9.0; the order of files was seen with strace.
 */
public final class MdevCheck {
  private final HostFiles files;
  private final Function<UUID, Optional<String>> user;

  private MdevCheck(HostFiles files, Function<UUID, Optional<String>> user) {
    this.files = files;
    this.user = user;
  }

  /**
   * Returns the checks for a host.
   *
   * @param user tells the name of the domain that uses an mdev
   */
  public static MdevCheck on(HostFiles files, Function<UUID, Optional<String>> user) {
    return new MdevCheck(files, user);
  }

  /**
   * Checks a device; {@code managed} does not matter.
   *
   * @throws LibvirtRefusal in libvirt's words if it cannot be used
   */
  public void check(Hostdev hostdev) {
    if (!files.exists("/dev/vfio/vfio")) {
      throw LibvirtRefusal.of(
              LibvirtError.CONFIG_UNSUPPORTED,
              "Mediated host device assignment requires VFIO support")
          .withHint("/dev/vfio/vfio is missing: modprobe vfio_ap");
    }
    String path = DeviceArguments.DEVICES + hostdev.uuid();
    if (!files.exists(path)) {
      throw LibvirtRefusal.of(
              LibvirtError.DEVICE_MISSING, "mediated device '" + hostdev.uuid() + "' not found")
          .withHint("create it with virsh nodedev-create or mdevctl start");
    }
    checkApi(path, hostdev.model().label());
    user.apply(hostdev.uuid()).ifPresent(domain -> refuseSharing(path, domain));
  }

  private void checkApi(String path, String model) {
    String file = path + "/mdev_type/device_api";
    String api = read(file).strip();
    if (!api.equals(model)) {
      throw LibvirtRefusal.of(
          LibvirtError.INTERNAL_ERROR,
          String.format(
              "invalid device API '%s' for device %s: device only supports '%s'",
              model, path, api));
    }
  }

  private String read(String file) {
    try {
      return files.read(file);
    } catch (KernelRefusal refusal) {
      Errno errno = refusal.errno();
      throw LibvirtRefusal.of(
          LibvirtError.SYSTEM_ERROR, "failed to read '" + file + "': " + errno.text());
    }
  }

  private static void refuseSharing(String path, String domain) {
    throw LibvirtRefusal.of(
        LibvirtError.OPERATION_INVALID,
        "mediated device " + path + " is in use by driver QEMU, domain " + domain);
  }
}
