package org.vfioap.translation.files;

import java.util.List;
import org.vfioap.host.ApHost;

/** The /sys of an emulated host, and the two devices without which libvirt does not start. */
final class EmulatedFiles implements HostFiles {
  private final ApHost host;

  EmulatedFiles(ApHost host) {
    this.host = host;
  }

  @Override
  public boolean exists(String path) {
    boolean vfio = path.equals("/dev/vfio/vfio") && host.sysfs().exists("/sys/devices/vfio_ap");
    return vfio || host.sysfs().exists(path);
  }

  @Override
  public String read(String path) {
    return host.sysfs().read(path);
  }

  @Override
  public void write(String path, String value) {
    host.sysfs().write(path, value + "\n");
  }

  @Override
  public List<String> list(String path) {
    return host.sysfs().list(path);
  }

  @Override
  public String readLink(String path) {
    return host.sysfs().readLink(path);
  }
}
