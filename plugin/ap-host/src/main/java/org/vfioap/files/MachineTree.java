package org.vfioap.files;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.KernelRules;
import org.vfioap.mdev.OpenMdev;
import org.vfioap.sysfs.Entries;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsFile;
import org.vfioap.sysfs.SysfsNode;
import org.vfioap.sysfs.SysfsTree.Access;

/** What stands behind absolute paths: {@code /sys} of a host, {@code /dev/vfio}, and their root. */
final class MachineTree {
  private static final String SYS = "/sys";
  private static final String GROUPS = "/dev/vfio";
  private static final String DEVICES = GROUPS + "/devices";
  private static final String CLASS = "/sys/class/vfio-dev";

  private final ApHost host;
  private final Set<String> held = ConcurrentHashMap.newKeySet();

  MachineTree(ApHost host) {
    this.host = host;
  }

  /** Returns the time of the machine. */
  Instant now() {
    return host.clock().instant();
  }

  /** Takes dots out; a step up goes from where links have led, and may leave /sys. */
  private String place(String path) {
    if (!path.contains("/.")) {
      return path;
    }
    String here = "";
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        here = above(here);
      } else if (!name.isEmpty() && !name.equals(".")) {
        here = here + "/" + name;
      }
    }
    return here.isEmpty() ? "/" : here;
  }

  private String above(String here) {
    if (here.isEmpty()) {
      return here;
    }
    if (!(find(here, true) instanceof SysfsDirectory)) {
      throw KernelRefusal.of(Errno.ENOTDIR, here).traced();
    }
    String real = realPath(here, true);
    return real.substring(0, real.lastIndexOf('/'));
  }

  private static boolean isSysfs(String path) {
    return path.startsWith(SYS) && (path.length() == SYS.length() || path.charAt(4) == '/');
  }

  /** Returns the node at a path. */
  SysfsNode find(String path, boolean follow) {
    String place = place(path);
    if (isSysfs(place)) {
      return follow ? host.sysfs().lookup(place) : host.sysfs().lookupLink(place);
    }
    return isPlain(place) ? Entries.create() : device(place);
  }

  private boolean isPlain(String place) {
    return Set.of("/", "/dev", GROUPS).contains(place) || (place.equals(DEVICES) && hasDevices());
  }

  private boolean hasDevices() {
    return host.profile().has(KernelRules.VFIO_CDEV);
  }

  private SysfsFile device(String place) {
    List<String> nodes = Stream.concat(groups(), devices().map(name -> "devices/" + name)).toList();
    boolean exists = nodes.stream().anyMatch(name -> place.equals(GROUPS + "/" + name));
    if (exists) {
      return new DeviceNode();
    }
    boolean below = nodes.stream().anyMatch(name -> place.startsWith(GROUPS + "/" + name + "/"));
    throw KernelRefusal.of(below ? Errno.ENOTDIR : Errno.ENOENT, place).traced();
  }

  private Stream<String> groups() {
    return Stream.concat(
        host.mdevs().stream().map(mdev -> String.valueOf(mdev.group())), Stream.of("vfio"));
  }

  private Stream<String> devices() {
    return hasDevices() && host.sysfs().exists(CLASS)
        ? host.sysfs().list(CLASS).stream()
        : Stream.of();
  }

  /** Returns the names in a directory. */
  List<String> directory(String path) {
    String place = place(path);
    if (isSysfs(place)) {
      return host.sysfs().list(place);
    }
    return switch (place) {
      case "/" -> List.of("dev", "sys");
      case "/dev" -> List.of("vfio");
      case GROUPS ->
          Stream.concat(groups(), hasDevices() ? Stream.of("devices") : Stream.of())
              .sorted()
              .toList();
      default -> {
        if (isPlain(place)) {
          yield devices().toList();
        }
        device(place);
        throw KernelRefusal.of(Errno.ENOTDIR, place).traced();
      }
    };
  }

  /** Returns how many directories are in one. */
  int directories(SysfsNode directory, String path) {
    String place = place(path);
    if (isSysfs(place)) {
      return host.sysfs().directories((SysfsDirectory) directory);
    }
    return switch (place) {
      case "/" -> 2;
      case "/dev" -> 1;
      case GROUPS -> hasDevices() ? 1 : 0;
      default -> 0;
    };
  }

  String realPath(String path, boolean follow) {
    String place = place(path);
    if (isSysfs(place) && follow) {
      return host.sysfs().realPath(place);
    }
    find(path, follow);
    int slash = place.lastIndexOf('/');
    return isSysfs(place) && slash > 0
        ? host.sysfs().realPath(place.substring(0, slash)) + place.substring(slash)
        : place;
  }

  String readLink(String path) {
    String place = place(path);
    if (isSysfs(place)) {
      return host.sysfs().readLink(place);
    }
    find(path, false);
    throw KernelRefusal.of(Errno.EINVAL, place + " is no symbolic link").traced();
  }

  /** Opens a file. */
  OpenedFile open(String path, Access access) {
    String place = place(path);
    if (isSysfs(place)) {
      return OpenedFile.of(host.sysfs().open(place, access));
    }
    if (isPlain(place)) {
      throw KernelRefusal.of(Errno.EISDIR, place).traced();
    }
    device(place);
    String name = place.substring(GROUPS.length() + 1);
    return name.equals("vfio") ? OpenedFile.NOTHING : hold(group(number(name)), access);
  }

  /** Returns the group that a node stands for: its name, or the group of its device. */
  private String number(String node) {
    if (!node.startsWith("devices/")) {
      return node;
    }
    String device = CLASS + node.substring("devices".length());
    String group = host.sysfs().readLink(device + "/device/iommu_group");
    return group.substring(group.lastIndexOf('/') + 1);
  }

  private MdevState group(String name) {
    return host.mdevs().stream()
        .filter(mdev -> name.equals(String.valueOf(mdev.group())))
        .findFirst()
        .orElseThrow(() -> KernelRefusal.of(Errno.ENOENT, GROUPS + "/" + name));
  }

  /** Who may write holds the device too, as a guest named like this process would. */
  private OpenedFile hold(MdevState mdev, Access access) {
    if (mdev.open() || !held.add(mdev.uuid())) {
      throw KernelRefusal.of(Errno.EBUSY, "group " + mdev.group() + " is open already").traced();
    }
    try {
      @Nullable OpenMdev open =
          access == Access.READ ? null : host.open(mdev.uuid(), host.guest("java"));
      return new HeldGroup(mdev, open, () -> held.remove(mdev.uuid()));
    } catch (KernelRefusal refusal) {
      held.remove(mdev.uuid());
      throw refusal;
    }
  }

  /** A device file as others see it. */
  private static final class DeviceNode implements SysfsFile {
    @Override
    public int mode() {
      return 0600;
    }

    @Override
    public String show() {
      return "";
    }

    @Override
    public void store(String text) {
      throw KernelRefusal.of(Errno.EINVAL, text);
    }
  }
}
