package org.vfioap.fuse;

/** What is mounted. */
public interface FileTree {
  /** Returns the directory at the top. */
  Directory root();

  /** Runs after a program wrote or closed a file, before it learns that this is done. */
  void afterChange();

  /**
   * Runs after a program wrote a file and {@link #afterChange}, before it learns that this is done.
   * It may wait for other programs that use the mount.
   *
   * @param meanwhile lets them be answered
   */
  void afterWrite(Meanwhile meanwhile);

  /** Returns when what other threads are changing at this moment is changed. */
  void awaitChanges();
}
