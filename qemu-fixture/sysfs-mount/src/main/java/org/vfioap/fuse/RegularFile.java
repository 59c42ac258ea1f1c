package org.vfioap.fuse;

import org.vfioap.sysfs.SysfsTree.Access;

/** A file that programs can open. */
public non-sealed interface RegularFile extends Node {
  /** Returns the permission bits. */
  int mode();

  /** Returns the size that stat(2) tells, whatever the content. */
  long size();

  /**
   * Opens the file, whose mode has been looked at.
   *
   * @param thread the number of the thread that asks, as this process sees it; 0 if it cannot
   * @throws org.vfioap.kernel.KernelRefusal if the file cannot be opened
   */
  OpenedFile open(Access access, int thread);
}
