package org.vfioap.fuse;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A directory whose entries may come and go with every look. */
public non-sealed interface Directory extends Node {
  /** Returns the entry of this name, or null; may be called in any thread and must not wait. */
  @Nullable Node child(String name);

  /** Returns the names of all entries. */
  Collection<String> names();

  /**
   * Tells whether programs may find this directory without asking until {@link FuseMount#announce}
   * is called: whoever makes it vanish calls that then.
   */
  default boolean isLasting() {
    return false;
  }
}
