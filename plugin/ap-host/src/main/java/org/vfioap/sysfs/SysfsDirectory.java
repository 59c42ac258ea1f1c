package org.vfioap.sysfs;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose entries may come and go with every look.
 *
 * <p>A single entry is found without any lock, since opening a file never waits for what the kernel
 * is doing; implementations that need the lock to find it take it. Names are listed with the
 * kernel's lock held.
 */
public non-sealed interface SysfsDirectory extends SysfsNode {
  /** Returns the entry of this name, or null. */
  @Nullable SysfsNode child(String name);

  /** Returns the names of all entries. */
  Collection<String> names();

  /** Returns how many of the entries are directories. */
  default int directories() {
    return (int) names().stream().filter(name -> child(name) instanceof SysfsDirectory).count();
  }
}
