package org.vfioap.fuse;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A directory whose entries may come and go with every look. */
public non-sealed interface Directory extends Node {
  /** Returns the entry of this name, or null; may be called in any thread and must not wait. */
  @Nullable Node child(String name);

  /** Returns the names of all entries. */
  Collection<String> names();

  /** Returns how many of the entries are directories. */
  default int directories() {
    return (int) names().stream().filter(name -> child(name) instanceof Directory).count();
  }

  /**
   * Tells whether entries come and go only in {@link FuseMount#change} or a program's write, or
   * {@link FuseMount#announce} is called.
   */
  default boolean isSteady() {
    return false;
  }

  /**
   * Tells whether programs may find this directory without asking until {@link FuseMount#announce}
   * is called: whoever makes it vanish calls that then.
   */
  default boolean isLasting() {
    return false;
  }
}
