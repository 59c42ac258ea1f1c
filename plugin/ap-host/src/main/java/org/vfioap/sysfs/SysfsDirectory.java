package org.vfioap.sysfs;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose entries may come and go with every look.
 *
 * <p>Called with the kernel's lock held.
 */
public non-sealed interface SysfsDirectory extends SysfsNode {
  /** Returns the entry of this name, or null. */
  @Nullable SysfsNode child(String name);

  /** Returns the names of all entries. */
  Collection<String> names();
}
