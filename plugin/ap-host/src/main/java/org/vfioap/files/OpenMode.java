package org.vfioap.files;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;
import org.vfioap.sysfs.SysfsTree.Access;

/**
 * How a file is opened. Source: sun.nio.fs.UnixChannelFactory of OpenJDK 17.
 *
 * @param options all options of the standard
 * @param follow whether a link at the end is followed
 */
record OpenMode(Set<StandardOpenOption> options, boolean follow) {

  static OpenMode of(Set<? extends OpenOption> given) {
    Set<StandardOpenOption> options = EnumSet.noneOf(StandardOpenOption.class);
    boolean follow = true;
    for (OpenOption each : given) {
      if (each instanceof StandardOpenOption option) {
        options.add(option);
      } else if (each == LinkOption.NOFOLLOW_LINKS) {
        follow = false;
      } else if (each == null) {
        throw new NullPointerException("option");
      } else {
        throw new UnsupportedOperationException(each + " not supported");
      }
    }
    OpenMode mode = new OpenMode(options, follow);
    mode.check();
    return mode;
  }

  private void check() {
    boolean append = has(StandardOpenOption.APPEND);
    if (has(StandardOpenOption.READ) && append) {
      throw new IllegalArgumentException("READ + APPEND not allowed");
    }
    if (append && has(StandardOpenOption.TRUNCATE_EXISTING)) {
      throw new IllegalArgumentException("APPEND + TRUNCATE_EXISTING not allowed");
    }
  }

  private boolean has(StandardOpenOption option) {
    return options.contains(option);
  }

  boolean writes() {
    return has(StandardOpenOption.WRITE) || has(StandardOpenOption.APPEND);
  }

  boolean reads() {
    return has(StandardOpenOption.READ) || !writes();
  }

  /** Only a writer creates. */
  boolean creates() {
    return writes() && (has(StandardOpenOption.CREATE) || createsNew());
  }

  boolean createsNew() {
    return writes() && has(StandardOpenOption.CREATE_NEW);
  }

  Access access() {
    if (!writes()) {
      return Access.READ;
    }
    return reads() ? Access.READ_WRITE : Access.WRITE;
  }

  Set<MachineChannel.Mode> modes() {
    Set<MachineChannel.Mode> modes = EnumSet.noneOf(MachineChannel.Mode.class);
    if (reads()) {
      modes.add(MachineChannel.Mode.READ);
    }
    if (writes()) {
      modes.add(MachineChannel.Mode.WRITE);
    }
    return modes;
  }
}
