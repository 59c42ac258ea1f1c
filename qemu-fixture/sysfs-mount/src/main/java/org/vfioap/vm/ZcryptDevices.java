package org.vfioap.vm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.fuse.Directory;
import org.vfioap.fuse.Node;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/**
 * The files of zcrypt below {@code /dev}, or below a folder of it: {@code z90crypt} and the nodes
 * that {@code /sys/class/zcrypt/create} made. They are there to be opened; requests to adapters are
 * ioctls, which they do not take.
 *
 * <p>Source: Linux zcrypt_api.c, zcrypt_read and zcrypt_write; drivers/base/devtmpfs.c.
 *
 * @param folder empty, or a path below {@code /dev} that ends with a slash
 */
record ZcryptDevices(ApHost host, String folder) implements Directory {
  private static final String NODES = "/sys/devices/virtual/zcrypt";
  private static final String COMMON = "z90crypt";

  /** Returns the files of a host, as entries of its {@code /dev}. */
  static ZcryptDevices of(ApHost host) {
    return new ZcryptDevices(host, "");
  }

  /** A node named {@code pod!queue} in /sys is {@code /dev/pod/queue}. */
  private List<String> paths() {
    List<String> paths = new ArrayList<>();
    if (host.sysfs().exists("/sys/class/misc/" + COMMON)) {
      paths.add(COMMON);
    }
    if (host.sysfs().exists(NODES)) {
      host.sysfs().list(NODES).forEach(name -> paths.add(name.replace('!', '/')));
    }
    return paths;
  }

  @Override
  public @Nullable Node child(String name) {
    String path = folder + name;
    List<String> paths = paths();
    if (paths.contains(path)) {
      return new DeviceFile(0600, (caller, access) -> new Handle());
    }
    String inside = path + "/";
    return paths.stream().anyMatch(other -> other.startsWith(inside))
        ? new ZcryptDevices(host, inside)
        : null;
  }

  @Override
  public Collection<String> names() {
    return paths().stream()
        .filter(path -> path.startsWith(folder))
        .map(path -> path.substring(folder.length()).split("/", 2)[0])
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  private static final class Handle implements DeviceFile.Handle {
    @Override
    public byte[] read(long offset, int size) {
      throw KernelRefusal.of(Errno.EPERM, "zcrypt takes no reads");
    }

    @Override
    public void perform(String line) {
      throw KernelRefusal.of(Errno.EPERM, "zcrypt takes no writes");
    }
  }
}
