package org.vfioap.mdev;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

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
   * Registers who is told of an event, as VFIO_DEVICE_SET_IRQS does; null takes it back. The
   * listener is called in the thread that causes the event, with locks held: it must be quick and
   * must not call back.
   *
   * @throws org.vfioap.kernel.KernelRefusal EINVAL if the kernel does not know the event
   */
  public void onSignal(MdevSignal signal, @Nullable Runnable listener) {
    vfioAp.onSignal(mdev, signal, listener);
  }

  /**
   * Resets the device (VFIO_DEVICE_RESET): every queue of the mdev.
   *
   * @throws org.vfioap.kernel.KernelRefusal EBUSY, or EIO with newer kernels, if a queue could not
   *     be reset; the others were
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
