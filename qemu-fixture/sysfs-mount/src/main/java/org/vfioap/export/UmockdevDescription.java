package org.vfioap.export;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsLink;
import org.vfioap.sysfs.SysfsTree;

/**
 * A machine's devices in the language of umockdev, for {@code umockdev-run --device FILE}.
 *
 * <p>A device is a directory with a {@code uevent} file and a {@code subsystem} link. What lies
 * outside of devices, such as {@code /sys/bus/ap/apmask}, that language cannot say.
 *
 * <p>Source: umockdev 0.17, docs/script-format.txt and src/umockdev.vala: P path, N device node, E
 * property, A attribute, L link; a device ends with an empty line, parents stand first.
 */
public final class UmockdevDescription implements TreeWalk.Visitor {
  private static final String UEVENT = "/uevent";
  private static final String SUBSYSTEM = "subsystem";
  private static final String DEVNAME = "DEVNAME=";

  private final Appendable out;

  /** The device whose lines are being written; empty between two. */
  private String device = "";

  private UmockdevDescription(Appendable out) {
    this.out = out;
  }

  /**
   * Writes the description.
   *
   * @throws IOException if {@code out} does not take it
   */
  public static void write(SysfsTree tree, Appendable out) throws IOException {
    UmockdevDescription description = new UmockdevDescription(out);
    TreeWalk.of(tree, description);
  }

  @Override
  public void directory(String path, SysfsDirectory directory) throws IOException {
    if (path.startsWith("/devices/") && directory.child(SUBSYSTEM) instanceof SysfsLink subsystem) {
      out.append(device.isEmpty() ? "" : "\n").append("P: ").append(path).append('\n');
      String target = subsystem.target();
      out.append("E: SUBSYSTEM=").append(target.substring(target.lastIndexOf('/') + 1));
      out.append('\n');
      device = path;
    }
  }

  private boolean isInDevice(String path) {
    return !device.isEmpty() && path.startsWith(device + "/");
  }

  @Override
  public void file(String path, int mode, @Nullable String content) throws IOException {
    if (!isInDevice(path) || content == null) {
      return;
    }
    if (path.equals(device + UEVENT)) {
      properties(content);
    } else {
      out.append("A: ").append(path.substring(device.length() + 1)).append('=');
      out.append(content.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    }
  }

  private void properties(String uevent) throws IOException {
    for (String property : uevent.lines().toList()) {
      if (property.startsWith(DEVNAME)) {
        out.append("N: ").append(property.substring(DEVNAME.length())).append('\n');
      }
      out.append("E: ").append(property).append('\n');
    }
  }

  @Override
  public void link(String path, String target) throws IOException {
    if (isInDevice(path) && !path.equals(device + "/" + SUBSYSTEM)) {
      out.append("L: ").append(path.substring(device.length() + 1)).append('=').append(target);
      out.append('\n');
    }
  }
}
