package org.vfioap.kernel;

/** What a thread of the emulated kernel waits for. */
public enum Wait {
  /** A removal, for the program that has the mdev open. */
  FOR_CLOSE,
  /** A reset, for another reset of the queue to end; files of vfio_ap wait with it. */
  FOR_RESET,
  /** A file of vfio_ap, for the thread that waits for a reset. */
  FOR_MDEVS
}
