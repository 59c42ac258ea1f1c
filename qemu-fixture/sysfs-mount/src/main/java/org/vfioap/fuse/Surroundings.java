package org.vfioap.fuse;

import java.util.List;

/** What happens around the answers to a program. */
interface Surroundings {
  /** Runs before a store. */
  void beforeWrite();

  /** Runs after a store or a close, before its answer. */
  void afterChange();

  /** Runs after a store and {@link #afterChange}, before the answer. */
  void afterWrite();

  /** Nodes that the kernel need not remember any more, see {@link Notices#useless}. */
  void useless(List<NodeTable.Entry> entries);
}
