package org.vfioap.fuse;

/** What is mounted. */
public interface FileTree {
  /** Returns the directory at the top. */
  Directory root();

  /** Runs after a program wrote or closed a file, before it learns that this is done. */
  void afterChange();

  /** Returns when what other threads are changing at this moment is changed. */
  void awaitChanges();
}
