package org.vfioap.fuse;

/**
 * A file that a program holds open.
 *
 * <p>Methods may be called by several threads at once, and throw {@link
 * org.vfioap.kernel.KernelRefusal} where the system call fails.
 */
public interface OpenedFile {
  /** POLLIN, POLLOUT, POLLRDNORM and POLLWRNORM. */
  int READY = 0x145;

  /** Returns at most {@code size} bytes at the offset; fewer only at the end. */
  byte[] read(long offset, int size);

  /** Tells whether {@link #read} may wait long; the reader can be interrupted then. */
  default boolean letsReadersWait() {
    return false;
  }

  /**
   * Takes one write(2), whatever its offset.
   *
   * @return how many bytes were taken
   */
  int write(byte[] data);

  /** Returns what poll(2) reports, as its bits: it can be read and written. */
  default int events() {
    return READY;
  }

  /** The last file descriptor was closed, by the program or by its death. */
  default void close() {}
}
