package org.vfioap.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsLink;
import org.vfioap.sysfs.SysfsTree;

/**
 * A machine's files in the language of umockdev, for {@code umockdev-run --device FILE}.
 *
 * <p>A device is a directory with a {@code uevent} file and a {@code subsystem} link. That language
 * knows only devices; so what lies outside of them, such as {@code /sys/bus/ap/apmask} and {@code
 * /sys/class/mdev_bus}, is given to the first device by paths that lead out of it. Files that
 * cannot be read and empty directories are missing.
 *
 * <p>Source: umockdev 0.17, docs/script-format.txt and src/umockdev.vala: P path, N device node, E
 * property, A attribute, L link; a device ends with an empty line, parents stand first; links of
 * buses and classes to their devices are made by umockdev itself.
 */
public final class UmockdevDescription implements TreeWalk.Visitor {
  private static final String UEVENT = "/uevent";
  private static final String SUBSYSTEM = "subsystem";
  private static final String DEVNAME = "DEVNAME=";
  private static final Pattern LINK_OF_SUBSYSTEM =
      Pattern.compile("(/bus/[^/]+)/devices/[^/]+|(/class/[^/]+)/[^/]+");

  private final SysfsTree tree;

  /** The devices in the order in which they are found, each with its lines. */
  private final List<Device> devices = new ArrayList<>();

  private final List<Outside> outside = new ArrayList<>();

  private record Device(String path, StringBuilder lines) {
    boolean has(String other) {
      return other.startsWith(path + "/");
    }

    void line(String kind, String text) {
      lines.append(kind).append(": ").append(text).append('\n');
    }
  }

  private record Outside(String kind, String path, String text) {}

  private UmockdevDescription(SysfsTree tree) {
    this.tree = tree;
  }

  /**
   * Writes the description.
   *
   * @throws IOException if {@code out} does not take it
   */
  public static void write(SysfsTree tree, Appendable out) throws IOException {
    UmockdevDescription description = new UmockdevDescription(tree);
    TreeWalk.of(tree, description);
    description.placeOutside();
    String separator = "";
    for (Device device : description.devices) {
      out.append(separator).append(device.lines);
      separator = "\n";
    }
  }

  private void placeOutside() {
    for (Outside each : devices.isEmpty() ? List.<Outside>of() : outside) {
      Device first = devices.get(0);
      Path from = Path.of(first.path).relativize(Path.of(each.path));
      first.line(each.kind, from + "=" + each.text);
    }
  }

  @Override
  public void directory(String path, SysfsDirectory directory) {
    if (path.startsWith("/devices/") && directory.child(SUBSYSTEM) instanceof SysfsLink link) {
      Device device = new Device(path, new StringBuilder());
      device.line("P", path);
      String target = link.target();
      device.line("E", "SUBSYSTEM=" + target.substring(target.lastIndexOf('/') + 1));
      devices.add(device);
    }
  }

  private void add(String kind, String path, String text) {
    Device device = devices.isEmpty() ? null : devices.get(devices.size() - 1);
    if (device != null && device.has(path)) {
      device.line(kind, path.substring(device.path.length() + 1) + "=" + text);
    } else {
      outside.add(new Outside(kind, path, text));
    }
  }

  @Override
  public void file(String path, int mode, @Nullable String content) {
    if (content == null) {
      return;
    }
    Device device = devices.isEmpty() ? null : devices.get(devices.size() - 1);
    if (device != null && path.equals(device.path + UEVENT)) {
      properties(device, content);
    } else {
      add("A", path, content.replace("\\", "\\\\").replace("\n", "\\n"));
    }
  }

  private static void properties(Device device, String uevent) {
    for (String property : uevent.lines().toList()) {
      if (property.startsWith(DEVNAME)) {
        device.line("N", property.substring(DEVNAME.length()));
      }
      device.line("E", property);
    }
  }

  @Override
  public void link(String path, String target) {
    if (!path.endsWith("/" + SUBSYSTEM) && !isMadeByUmockdev(path, target)) {
      add("L", path, target);
    }
  }

  /** Tells whether a link leads from a bus or class to a device of it. */
  private boolean isMadeByUmockdev(String path, String target) {
    var link = LINK_OF_SUBSYSTEM.matcher(path);
    if (!link.matches()) {
      return false;
    }
    String device = Path.of(path).resolveSibling(target).normalize().toString();
    try {
      String subsystem = tree.readLink("/sys" + device + "/" + SUBSYSTEM);
      return subsystem.endsWith(link.group(1) == null ? link.group(2) : link.group(1));
    } catch (KernelRefusal noDevice) {
      return false;
    }
  }
}
