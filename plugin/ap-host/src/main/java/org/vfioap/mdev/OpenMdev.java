package org.vfioap.mdev;

import java.util.concurrent.atomic.AtomicBoolean;

/** An mdev held open, as by the file descriptor of a QEMU process. Closing it twice is harmless. */
public final class OpenMdev implements AutoCloseable {
  private final VfioAp vfioAp;
  private final MatrixMdev mdev;
  private final AtomicBoolean closed = new AtomicBoolean();

  OpenMdev(VfioAp vfioAp, MatrixMdev mdev) {
    this.vfioAp = vfioAp;
    this.mdev = mdev;
  }

  /** Returns the UUID of the mdev. */
  public String uuid() {
    return mdev.uuid();
  }

  /**
   * Resets the device (VFIO_DEVICE_RESET): every queue of the mdev.
   *
   * @throws org.vfioap.kernel.KernelRefusal EBUSY if a queue could not be reset; the others were
   */
  public void reset() {
    vfioAp.reset(mdev);
  }

  /** Gives the mdev back: the guest loses its AP resources, and the queues are reset. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      vfioAp.close(mdev);
    }
  }
}
